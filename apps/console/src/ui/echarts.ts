// Only the parts of ECharts we draw with; loaded with the first chart, never before.
import { BarChart, GraphChart, HeatmapChart, LineChart, MapChart, PieChart, SankeyChart, ScatterChart } from 'echarts/charts';
import {
  DatasetComponent,
  GeoComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  MarkPointComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import { init, registerMap, registerTheme, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { SERIES_COLORS } from './colors.ts';
import { FONT } from './theme.ts';

use([
  BarChart,
  DatasetComponent,
  GeoComponent,
  GraphChart,
  GridComponent,
  HeatmapChart,
  LabelLayout,
  LegendComponent,
  LineChart,
  MapChart,
  MarkLineComponent,
  MarkPointComponent,
  PieChart,
  SankeyChart,
  ScatterChart,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);

const look = (darkMode: boolean, text: string, dim: string, line: string, surface: string) => {
  const axis = {
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    axisLabel: { color: dim, fontSize: 12 },
    splitLine: { lineStyle: { color: line } },
    nameTextStyle: { color: dim, fontSize: 12 },
  };
  return {
    color: SERIES_COLORS,
    backgroundColor: 'transparent',
    // Else words beside bars and bands are dark with a white edge, on a dark ground too.
    darkMode,
    textStyle: { color: text, fontSize: 12, fontFamily: FONT },
    categoryAxis: { ...axis, splitLine: { show: false } },
    valueAxis: { ...axis, axisLine: { show: false } },
    timeAxis: axis,
    logAxis: axis,
    legend: { textStyle: { color: text, fontSize: 12 } },
    visualMap: { textStyle: { color: dim } },
    tooltip: {
      backgroundColor: surface,
      borderColor: line,
      textStyle: { color: text, fontSize: 12, fontFamily: FONT },
      extraCssText: 'box-shadow:0 4px 16px rgb(0 0 0/.16);border-radius:8px;',
    },
  };
};
registerTheme('light', look(false, '#1c2129', '#5b6370', '#e1e4ea', '#ffffff'));
registerTheme('dark', look(true, '#dde0e6', '#9aa1ae', '#2d323c', '#22262f'));

export { init, registerMap };
