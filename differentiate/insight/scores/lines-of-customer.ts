/**
 * Of a query of customer_line, whose lines: those of `{customer:UUID}` alone. They stand in the order of the customers' numbers, and
 * are found by theirs without reading everybody's.
 */
export const LINES_OF_CUSTOMER = 'customer_no in (select customer_no from customer_number where customer_id = {customer:UUID})';
