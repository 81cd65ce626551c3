/** What a file can hold, one thing a row. */
export const IMPORT_KINDS = [
  'customers',
  'products',
  'purchases',
  'contacts',
  'campaigns',
  'campaign_contacts',
  'coupons',
  'redemptions',
  'consents',
  'account_facts',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export type FieldType =
  | 'key'
  | 'name'
  | 'text'
  | 'email'
  | 'phone'
  | 'national_id'
  | 'date'
  | 'timestamp'
  | 'number'
  | 'money'
  | 'currency'
  | 'boolean'
  | 'choice'
  | 'postcode'
  | 'country'
  | 'language'
  | 'address';

export interface Field {
  kinds: readonly ImportKind[];
  type: FieldType;
  /** Column names, folded, most usual first. */
  es: readonly string[];
  en: readonly string[];
}

const field = (kinds: readonly ImportKind[], type: FieldType, es: string, en: string): Field => ({
  kinds,
  type,
  es: es.split('|'),
  en: en.split('|'),
});

const people: readonly ImportKind[] = ['customers'];
const purchases: readonly ImportKind[] = ['purchases'];

/** The vocabulary of imports: every meaning a column can have. A meaning that several kinds of file share is one field. */
export const FIELDS = {
  key: field(
    people,
    'key',
    'id cliente|codigo cliente|cod cliente|id|codigo|cod|num cliente|numero cliente|n cliente|clave|numero tarjeta|num tarjeta|tarjeta|id tarjeta|numero socio|socio|id socio|id usuario|usuario|idcliente|codcliente|referencia|numero de cliente|id registro|id encuestado|encuestado|respondent',
    'customer id|id|customer key|key|customer number|code|card number|loyalty id|member id|user id|account id|contact id|customer|record id|external id|household id|household key|rec id|uid|unique id|respondent id',
  ),
  full_name: field(
    people,
    'name',
    'nombre completo|nombre y apellidos|apellidos y nombre|cliente|titular|nombre cliente|nombre del cliente|razon social o nombre|apellidos nombre|contacto|persona|nombre apellidos',
    'full name|name|customer name|contact name|contact|fullname',
  ),
  given_name: field(
    people,
    'name',
    'nombre|nombre de pila|nombres|primer nombre|nom',
    'first name|given name|firstname|forename|christian name|primary name first|name first',
  ),
  surname1: field(
    people,
    'name',
    'primer apellido|apellido 1|apellido1|apellido paterno|ap1|ape1|1er apellido|1 apellido|apellido|a paterno|paterno',
    'first surname|surname 1|paternal surname|surname1',
  ),
  surname2: field(
    people,
    'name',
    'segundo apellido|apellido 2|apellido2|apellido materno|ap2|ape2|2o apellido|2 apellido|a materno|materno',
    'second surname|surname 2|maternal surname|surname2',
  ),
  surname: field(
    people,
    'name',
    'apellidos|los apellidos|ambos apellidos|cognoms',
    'surname|last name|surnames|family name|lastname|last|name last|primary name last',
  ),
  company_name: field(
    people,
    'name',
    'razon social|empresa|nombre empresa|nombre de la empresa|denominacion social|denominacion|nombre fiscal|sociedad|compania',
    'company name|company|legal name|organisation|organization|business name|org name|account name|employer|name org|primary name org',
  ),
  trade_name: field(people, 'name', 'nombre comercial|rotulo|marca comercial', 'trade name|trading name|dba|brand name'),
  kind: field(
    people,
    'choice',
    'tipo cliente|tipo de cliente|tipo|persona o empresa|tipo persona|clase',
    'kind|type|customer type|record type|person or company|entity type',
  ),
  gender: field(people, 'choice', 'sexo|genero', 'gender|sex'),
  birth_date: field(
    people,
    'date',
    'fecha nacimiento|fecha de nacimiento|nacimiento|f nacimiento|fec nac|fecha nac|f nac|fnac|cumpleanos|fecnac|fecha nto',
    'birth date|date of birth|dob|birthdate|birthday|born|birth',
  ),
  national_id: field(
    people,
    'national_id',
    'nif|dni|nif cif|cif|nie|dni nif|documento|numero documento|documento identidad|identificacion|cedula|nit|rut|rfc|cuit|ruc|num documento|dni nie|n documento|nro documento|documento de identidad|curp|cif nif|numero identificacion|vat',
    'national id|tax id|vat number|vat|id number|document|document number|identity document|ssn|national id number|soc sec id|tax number|passport',
  ),
  email: field(
    people,
    'email',
    'correo electronico|email|correo|e mail|mail|direccion correo|correo e|direccion de correo|emailcontacto',
    'email|e mail|email address|mail|e mail address',
  ),
  phone: field(
    people,
    'phone',
    'telefono|telefono 1|tel|tlf|tfno|tfno 1|tlfno|telefono fijo|fijo|telf|telefono contacto|telefono de contacto|numero telefono|tel fijo|phone|fono',
    'phone|telephone|phone number|phone 1|tel|home phone|landline|telephone number|contact phone',
  ),
  mobile: field(
    people,
    'phone',
    'movil|telefono movil|telefono 2|celular|tel movil|tlf movil|segundo telefono|otro telefono|tfno movil|cel|tfno 2|numero movil|whatsapp|telefono celular',
    'mobile|mobile phone|cell|cell phone|phone 2|second phone|mobile number|cellphone',
  ),
  address: field(
    people,
    'address',
    'direccion|domicilio|calle|direccion postal|dir|via|direccion 1|nombre via|direccion completa|direccion envio|domicilio fiscal',
    'address|street|street address|address 1|address line 1|addr|address line|home address|shipping address|billing address|addr full|addr line1',
  ),
  street_number: field(
    people,
    'text',
    'numero|numero calle|num|n|numero via|portal|num calle|nro|numero de calle',
    'street number|house number|number|street no',
  ),
  floor_door: field(
    people,
    'text',
    'piso|piso puerta|piso y puerta|puerta|planta|escalera piso puerta|resto direccion|direccion 2|complemento|apartamento|piso pta',
    'floor|door|apartment|unit|address 2|address line 2|flat|apt|suite',
  ),
  postcode: field(
    people,
    'postcode',
    'codigo postal|cp|c p|cod postal|postal|codpostal|c postal|cpostal',
    'postcode|postal code|zip|zip code|zipcode|post code|addr postal code',
  ),
  city: field(people, 'text', 'ciudad|poblacion|localidad|municipio|pueblo|pob', 'city|town|locality|suburb|municipality|addr city'),
  province: field(
    people,
    'text',
    'provincia|departamento|estado provincia|comunidad|comunidad autonoma|prov|region',
    'province|state|county|region|department|addr state',
  ),
  country: field(people, 'country', 'pais|nacionalidad|pais residencia', 'country|nation|nationality|country code|addr country'),
  company_tax_id: field(
    people,
    'national_id',
    'cif empresa|nif empresa|cif de la empresa|nif de la empresa|cif compania|cif sociedad',
    'company tax id|company vat|company vat number|company tax number|employer tax id|company registration number',
  ),
  department: field(people, 'text', 'area|dpto|depto|departamento empresa|area empresa', 'dept|area|team|division|company department'),
  language: field(people, 'language', 'idioma|lengua|idioma preferido|lenguaje', 'language|lang|locale|preferred language'),
  created_at: field(
    people,
    'timestamp',
    'fecha alta|alta|fecha de alta|fecha registro|fecha creacion|creado|f alta|fecha de registro|cliente desde',
    'created at|created|signup date|registration date|registered|member since|date created|creation date|customer since|join date|dt customer',
  ),
  updated_at: field(
    people,
    'timestamp',
    'fecha modificacion|actualizado|ultima modificacion|fecha actualizacion|modificado|fecha de actualizacion|f modificacion',
    'updated at|updated|last modified|modified|date updated|modified at|last update',
  ),
  notes: field(people, 'text', 'notas|observaciones|comentarios|nota|comentario|obs', 'notes|comments|remarks|note|comment|observations'),
  person_key: field(
    people,
    'key',
    'id persona|codigo persona|persona contacto id|id contacto empresa',
    'person id|person key|contact person id',
  ),
  job_title: field(people, 'text', 'cargo|puesto|profesion|ocupacion|funcion', 'job title|title|position|role|occupation|job|profession'),

  line_key: field(
    purchases,
    'key',
    'id linea|linea|numero linea|num linea|id linea pedido|id detalle',
    'line id|line|line key|line number|transaction line id|order line id|line item id',
  ),
  order_key: field(
    ['purchases', 'redemptions'],
    'key',
    'id pedido|pedido|numero pedido|ticket|num ticket|numero ticket|factura|numero factura|num factura|n factura|id ticket|cesta|id cesta|num pedido|albaran|n pedido|id venta|venta|codigo pedido|id compra|id transaccion',
    'order id|order|order key|order number|invoice|invoice number|invoice no|invoiceno|receipt|basket id|transaction id|transaction|ticket|basket|receipt number|order no',
  ),
  customer_key: field(
    ['purchases', 'contacts', 'campaign_contacts', 'redemptions', 'consents', 'account_facts'],
    'key',
    'id cliente|codigo cliente|cliente|cod cliente|num cliente|numero cliente|n cliente|idcliente|tarjeta|numero tarjeta|num tarjeta|socio|id socio|numero socio|codcliente|clave cliente|id usuario',
    'customer id|customer key|customer|customer number|household id|household key|member id|user id|card number|loyalty id|client id|customerid|account id|cust id|household',
  ),
  product_key: field(
    ['purchases', 'products', 'coupons', 'account_facts'],
    'key',
    'id producto|codigo producto|referencia|sku|codigo articulo|articulo|ref|cod producto|ean|cod articulo|codigo|id articulo|referencia producto|codigo barras',
    'product id|product key|sku|product code|item id|stock code|stockcode|article|upc|ean|item|product|item code|article number|product number|barcode',
  ),
  product_name: field(
    ['purchases', 'products'],
    'text',
    'producto|nombre producto|descripcion|articulo|descripcion producto|nombre articulo|descripcion articulo|nombre del producto|nombre|denominacion',
    'product name|description|product|product description|item name|item description|product type|title|name|item',
  ),
  quantity: field(purchases, 'number', 'cantidad|unidades|uds|cant|n unidades|num unidades', 'quantity|qty|units|unit count'),
  unit_price: field(
    purchases,
    'money',
    'precio unitario|precio|pvp|precio unidad|precio ud|p unitario|importe unitario',
    'unit price|price|price each|unitprice|item price|price per unit',
  ),
  amount: field(
    purchases,
    'money',
    'importe|total|importe total|total linea|importe linea|valor|venta|subtotal|importe neto|total venta|importe euros|monto',
    'amount|total|sales value|line total|revenue|sales|value|net amount|total amount|sales amount|total price|spend',
  ),
  list_amount: field(
    purchases,
    'money',
    'importe bruto|importe tarifa|precio tarifa|importe sin descuento|tarifa|bruto',
    'list amount|gross amount|list price|gross|amount before discount|full price',
  ),
  discount: field(
    purchases,
    'money',
    'descuento|dto|importe descuento|rebaja|descuento tienda|descuento total|dcto',
    'discount|discount amount|retail disc|rebate|retail discount|markdown',
  ),
  coupon_discount: field(
    purchases,
    'money',
    'descuento cupon|cupon|dto cupon|importe cupon|vale',
    'coupon discount|coupon disc|coupon amount|voucher discount|coupon match disc|coupon value',
  ),
  cost: field(
    ['purchases', 'products'],
    'money',
    'coste|costo|precio coste|coste unitario|precio compra|importe coste',
    'cost|unit cost|cost price|cogs|purchase price|cost amount',
  ),
  currency: field(purchases, 'currency', 'moneda|divisa', 'currency|currency code'),
  occurred_at: field(
    ['purchases', 'contacts', 'campaign_contacts', 'consents', 'account_facts'],
    'timestamp',
    'fecha|fecha compra|fecha venta|fecha pedido|fecha factura|fecha hora|fecha contacto|fecha ticket|fecha llamada|fecha envio|momento|fecha consentimiento|fecha de compra|dia|hora|fecha transaccion',
    'date|timestamp|transaction timestamp|order date|purchase date|invoice date|invoicedate|datetime|occurred at|contact date|transaction date|time|sent at|event date|when|call date|consent date',
  ),
  channel: field(
    ['purchases', 'contacts', 'campaign_contacts', 'consents'],
    'choice',
    'canal|canal venta|via contacto|medio|canal de venta|medio contacto|canal contacto',
    'channel|sales channel|contact channel|medium|source channel',
  ),
  store: field(
    purchases,
    'text',
    'tienda|id tienda|punto de venta|sucursal|establecimiento|centro|codigo tienda|almacen|local',
    'store|store id|shop|branch|outlet|location|point of sale|store number',
  ),
  returned: field(
    purchases,
    'boolean',
    'devolucion|devuelto|abono|es devolucion|devuelta',
    'returned|return|is return|refund|refunded|cancelled',
  ),

  category: field(
    ['products'],
    'text',
    'categoria|familia|departamento|seccion|grupo|rubro|linea',
    'category|product category|department|family|group|section|product group',
  ),
  subcategory: field(
    ['products'],
    'text',
    'subcategoria|subfamilia|subgrupo|sub categoria',
    'subcategory|sub category|subfamily|sub group|product subcategory|subclass',
  ),
  brand: field(['products'], 'text', 'marca|fabricante|proveedor', 'brand|manufacturer|maker|vendor|supplier|manufacturer id'),
  price: field(
    ['products'],
    'money',
    'precio|pvp|precio venta|tarifa|precio de venta|precio unitario',
    'price|list price|retail price|unit price|selling price|rrp',
  ),

  contact_key: field(
    ['contacts'],
    'key',
    'id contacto|id llamada|codigo contacto|id interaccion|llamada|incidencia|id incidencia|n incidencia|expediente',
    'contact id|contact key|call id|interaction id|case id|ticket id|call|case number|case',
  ),
  direction: field(
    ['contacts'],
    'choice',
    'sentido|direccion|entrante saliente|tipo llamada|direccion llamada|sentido llamada',
    'direction|inbound outbound|call type|in out|call direction',
  ),
  topic: field(
    ['contacts'],
    'text',
    'motivo|tema|asunto|tipo consulta|motivo contacto|motivo llamada|materia|tipologia',
    'topic|reason|subject|contact reason|issue|category|call reason|query type',
  ),
  outcome: field(
    ['contacts'],
    'text',
    'resultado|estado|solucion|resolucion|desenlace|disposicion',
    'outcome|result|resolution|disposition|status',
  ),
  agent: field(
    ['contacts'],
    'text',
    'agente|operador|gestor|comercial|vendedor|atendido por|usuario|teleoperador',
    'agent|operator|representative|handled by|rep|employee|assigned to|salesperson',
  ),
  text: field(
    ['contacts'],
    'text',
    'texto|comentario|mensaje|descripcion|transcripcion|detalle|notas|observaciones|comentarios',
    'text|message|body|transcript|comment|description|content|notes|details',
  ),

  campaign_key: field(
    ['campaigns', 'campaign_contacts', 'coupons', 'redemptions'],
    'key',
    'id campana|campana|codigo campana|cod campana|id accion|num campana',
    'campaign id|campaign|campaign key|campaign code|campaign number',
  ),
  campaign_name: field(
    ['campaigns'],
    'text',
    'nombre campana|campana|nombre de campana|titulo|nombre|descripcion',
    'campaign name|campaign|name|title|campaign description|description',
  ),
  campaign_kind: field(['campaigns'], 'choice', 'tipo campana|tipo|tipo de campana|clase campana', 'campaign type|campaign kind|type|kind'),
  starts_on: field(
    ['campaigns'],
    'date',
    'fecha inicio|inicio|desde|fecha de inicio|fecha comienzo|comienzo|f inicio',
    'start date|starts on|start|from|begin|start day|begins|date from',
  ),
  ends_on: field(
    ['campaigns'],
    'date',
    'fecha fin|fin|hasta|fecha de fin|fecha final|final|f fin|vencimiento|caducidad',
    'end date|ends on|end|to|until|end day|finish|date to|expiry',
  ),
  response: field(
    ['campaign_contacts'],
    'choice',
    'respuesta|respondio|ha respondido|reaccion|resultado',
    'response|responded|reaction|answer|result',
  ),
  responded_at: field(
    ['campaign_contacts'],
    'timestamp',
    'fecha respuesta|respondido el|fecha de respuesta',
    'responded at|response date|date responded|response time',
  ),

  coupon_key: field(
    ['coupons', 'redemptions'],
    'key',
    'id cupon|cupon|codigo cupon|vale|codigo vale|cod cupon|codigo promocional',
    'coupon id|coupon|coupon code|coupon key|voucher|voucher code|coupon upc|promo code',
  ),
  redeemed_at: field(
    ['redemptions'],
    'timestamp',
    'fecha canje|canjeado el|fecha uso|fecha redencion|fecha de canje|fecha',
    'redeemed at|redemption date|used at|redeemed on|date used|date',
  ),

  account_key: field(
    ['account_facts'],
    'key',
    'cuenta|contrato|id contrato|numero contrato|num contrato|poliza|numero poliza|id cuenta|numero cuenta|linea contratada',
    'account|contract|contract id|contract number|account key|policy|policy number|account number',
  ),
  measure: field(
    ['account_facts'],
    'choice',
    'medida|concepto|magnitud|dato|indicador|nombre medida',
    'measure|metric|concept|indicator|measure name',
  ),
  value: field(['account_facts'], 'number', 'valor|cantidad medida|cifra|saldo', 'value|reading|figure|balance'),

  purpose: field(['consents'], 'choice', 'finalidad|proposito|tratamiento|fin', 'purpose|consent purpose|processing purpose|use'),
  granted: field(
    ['consents'],
    'boolean',
    'consentimiento|concedido|acepta|aceptado|otorgado|consiente|autoriza|consentido',
    'granted|consent|opt in|accepted|agreed|opted in|consented|given|permission',
  ),
  proof: field(['consents'], 'text', 'prueba|evidencia|justificante|documento prueba|origen', 'proof|evidence|source|record'),
  legal_basis: field(
    ['consents'],
    'choice',
    'base legal|base juridica|legitimacion|base de legitimacion',
    'legal basis|lawful basis|basis',
  ),
} satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];
