// A real export has rows that nobody can read. These few are added so that the report of errors has something to show;
// every good row of the real data stays as it is.

/** Lines to add to a file: `{key}` is replaced by a key that exists there. The comment says what is wrong. */
export const badRows: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'tarjeta-clientes.csv': [
    ['', 'PRUEBA', 'CAJA', 'UNO', '', '', '', '', '', '', '', '', '', '01/02/2022', '0,00'], // no card number
    ['', 'ANULADA', '', '', '', '', '', '', '', '', '', '', '', '15/06/2021', '0,00'], // no card number
  ],
  'web-clientes.csv': [['', 'test', 'test', 'test@test', '', '', '', '', '2023-04-01 10:00:00', 'false']], // no customer id
  'tarjeta-compras.csv': [
    ['ERR-1', 'ERR1', '{key}', '940996', '1', '3,8O', '3,86', '0,00', '0,00', 'EUR', '14/03/2024 11:20', 'Tienda', '309'], // letter O in the amount
    ['ERR-2', 'ERR2', '{key}', '897901', '1', '1,00', '1,00', '0,00', '0,00', 'EUR', '31/02/2024 18:05', 'Tienda', '316'], // 31 February
    ['ERR-3', 'ERR3', '', '873902', '2', '3,18', '3,18', '0,00', '0,00', 'EUR', '02/05/2024 09:41', 'Tienda', '368'], // no card
    ['ERR-4', 'ERR4', '{key}', '847901', 'dos', '2,00', '2,00', '0,00', '0,00', 'EUR', '19/07/2024 20:12', 'Tienda', '316'], // quantity in words
    ['ERR-5', 'ERR5', '{key}', '847901', '1', '1,00', '1,00', '0,00', '0,00', 'EUR', '', 'Tienda', '316'], // no date
  ],
  'web-pedidos.csv': [
    ['ERR-6', 'ERR6', '{key}', '940996', '1', 'N/A', '3.86', '0.00', '0.00', 'EUR', '2024-03-14 11:20:00', 'Web'], // no amount
    ['ERR-7', 'ERR7', '', '873902', '1', '1.59', '1.59', '0.00', '0.00', 'EUR', '2024-06-01 22:31:57', 'Web'], // no customer
    ['ERR-8', 'ERR8', '{key}', '847901', '1', '1.00', '1.00', '0.00', '0.00', 'EUR', '2024-13-05 13:22:21', 'Web'], // month 13
  ],
  'encuestas.csv': [['', 'Anónimo', '', '', '', '', '7', '03/03/2024']], // no answer id
  'productos.csv': [['', 'Artículo sin código', 'Varios', '', '', '1,0000', '0,8000']], // no product key
  'campana-contactos.csv': [['18', '', '30/10/2024', 'Correo postal', '', '']], // no card
  'cupones-canjeados.csv': [['51380041013', '26', '{key}', '00/01/2024']], // day 0
  'consentimientos.csv': [['{key}', 'marketing', 'email', 'quizá', '2024-05-05', 'Formulario en papel ilegible']], // neither yes nor no
};

/** Lines to add to the call centre's export: an impossible date, and a call without a card. */
export const badCalls = (caller: string): string[] => [
  `{"id":"ERR-9",${caller},"fecha":"2024-02-30 10:15:00","canal":"teléfono","sentido":"entrante","motivo":"Pedido","resultado":"Resuelto","duracion_s":95}`,
  `{"id":"ERR-10","ficha":"","nombre_completo":"","fecha":"2024-04-11 16:40:00","canal":"teléfono","sentido":"entrante","motivo":"Factura","resultado":"No contesta","duracion_s":4}`,
];

/** Birth dates that no calendar knows, written over those of the first records that have one. */
export const badBirthDates = ['31/02/1978', '45/10/1966'];
