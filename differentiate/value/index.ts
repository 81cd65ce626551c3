export { bestShare, type Curve, concentrationCurve, curveFromTotals, gini } from './concentration.ts';
export { quantiles, RFM_GROUPS, RFM_MAP, type RfmGroup, rfmGroup } from './rfm.ts';
