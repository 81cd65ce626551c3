/** What the command says when it cannot go on: a sentence of the catalogue, `link:error.<reason>`, with what goes into it. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  readonly reason: LinkReason;
  readonly params: Record<string, string | number>;

  constructor(reason: LinkReason, params: Record<string, string | number> = {}) {
    super(reason);
    this.reason = reason;
    this.params = params;
  }
}

export type LinkReason =
  | 'noFile'
  | 'noAccess'
  | 'isFolder'
  | 'empty'
  | 'noRecords'
  | 'format'
  | 'jsonArray'
  | 'unreadable'
  | 'noHeader'
  | 'repeatedColumn'
  | 'notJson'
  | 'noIdColumn'
  | 'idMissing'
  | 'idRepeated'
  | 'sameFile'
  | 'nothingToCompare'
  | 'outFolder'
  | 'outIsFolder'
  | 'outAccess'
  | 'outIsInput'
  | 'noSpace'
  | 'settingsNotJson'
  | 'settingsInvalid'
  | 'settingsColumn'
  | 'explainTwo'
  | 'explainUnknown'
  | 'truthUnknown'
  | 'truthColumns'
  | 'truthIds'
  | 'memory';
