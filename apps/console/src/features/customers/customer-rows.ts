/** What a list of customers by what they are worth says of its rows: each opens the customer where that is told. */
export const customerRows = {
  rowId: ({ id }: { id: string }) => id,
  rowName: ({ name }: { name: string }) => name,
  rowLink: ({ id }: { id: string }) => ({ to: '/customers/$id', params: { id }, search: { tab: 'value' } }) as const,
};
