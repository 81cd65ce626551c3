/** Comment of the tables that are ours. */
export const MARK = 'Made by Vínculo: exchanged or changed by a hand-back';
