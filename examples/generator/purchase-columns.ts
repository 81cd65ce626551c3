// The columns of the two files of purchases, and what they mean.
export const tillMapping = {
  Línea: 'line_key',
  Ticket: 'order_key',
  'Nº tarjeta': 'customer_key',
  Artículo: 'product_key',
  Cantidad: 'quantity',
  Importe: 'amount',
  'Importe tarifa': 'list_amount',
  Descuento: 'discount',
  'Dto. cupón': 'coupon_discount',
  Moneda: 'currency',
  Fecha: 'occurred_at',
  Canal: 'channel',
  Tienda: 'store',
};
export const tillColumns = Object.keys(tillMapping);

export const webMapping = {
  line_id: 'line_key',
  order_id: 'order_key',
  customer_id: 'customer_key',
  sku: 'product_key',
  quantity: 'quantity',
  total: 'amount',
  list_total: 'list_amount',
  discount: 'discount',
  coupon_discount: 'coupon_discount',
  currency: 'currency',
  created_at: 'occurred_at',
  channel: 'channel',
};
export const webColumns = Object.keys(webMapping);

export const productMapping = {
  Código: 'product_key',
  Nombre: 'product_name',
  Sección: 'category',
  Familia: 'subcategory',
  Marca: 'brand',
  PVP: 'price',
  Coste: 'cost',
};
export const productColumns = Object.keys(productMapping);
