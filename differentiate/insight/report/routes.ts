import { Readable } from 'node:stream';
import { type App, type Context, page, pageQuery } from '@vinculo/http';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import * as api from '../api/report.ts';
import { readReport } from './read-report.ts';
import { countReportCustomers, reportCustomers } from './report-customers.ts';
import { reportDocument } from './report-document.ts';
import { reportWorkbook } from './report-workbook.ts';

const tags = ['report'];
const File = z.any().describe('A file');
const audit = (action: string) => ({
  action,
  subject: 'report',
  detail: ({ query }: { query: Record<string, unknown> }) => ({ segment: query.segment ?? null }),
});

export function routes(app: App, context: Context): void {
  app.get(
    '/api/v1/report',
    {
      config: { permission: 'value.read' },
      schema: {
        tags,
        summary: 'The six questions about customers, of the whole base or of a segment, compared with a period before',
        querystring: api.ReportQuery,
        response: { 200: api.Report },
      },
    },
    (request) => readReport(context, request.query, request.query.language ?? request.language),
  );
  app.get(
    '/api/v1/report/customers',
    {
      config: {
        permission: ['value.read', 'customer.read'],
        audit: { action: 'customer.read', subject: 'customer', detail: () => ({ part: 'report' }) },
      },
      schema: {
        tags,
        summary: 'The customers behind a figure of the report, who matters most first',
        querystring: pageQuery.extend(api.ReportCustomersQuery.shape),
        response: { 200: page(api.ReportCustomer) },
      },
    },
    (request) => reportCustomers(context, request.query),
  );
  app.get(
    '/api/v1/report/customers/count',
    {
      config: { permission: ['value.read', 'customer.read'] },
      schema: {
        tags,
        summary: 'How many customers such a list has',
        querystring: api.ReportCustomersQuery,
        response: { 200: z.object({ count: z.number() }) },
      },
    },
    async (request) => ({ count: await countReportCustomers(context, request.query) }),
  );
  const file = (reply: FastifyReply, bytes: Buffer, type: string, name: string) =>
    reply
      .header('content-type', type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from([bytes]));
  app.get(
    '/api/v1/report.pdf',
    {
      config: { permission: 'value.read', audit: audit('report.export') },
      schema: { tags, summary: 'The same on paper', querystring: api.ReportQuery, response: { 200: File } },
    },
    async (request, reply) => {
      const report = await readReport(context, request.query, request.query.language ?? request.language);
      const { companyName } = await context.settings.get();
      return file(
        reply,
        await reportDocument(report, companyName, request.query.language ?? request.language),
        'application/pdf',
        `vinculo-${report.to}.pdf`,
      );
    },
  );
  app.get(
    '/api/v1/report.xlsx',
    {
      config: { permission: 'value.read', audit: audit('report.export') },
      schema: { tags, summary: 'The same as a workbook, a sheet for each question', querystring: api.ReportQuery, response: { 200: File } },
    },
    async (request, reply) => {
      const report = await readReport(context, request.query, request.query.language ?? request.language);
      return file(
        reply,
        reportWorkbook(report, request.query.language ?? request.language),
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        `vinculo-${report.to}.xlsx`,
      );
    },
  );
}
