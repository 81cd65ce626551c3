import type { Problem } from '@vinculo/http/api';
import { t } from 'i18next';

/** An answer of the server that is not what was asked for. `title` and `detail` are in the reader's language. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Stable: `VIN_<AREA>_<WHAT>`. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  /** The request id, to quote when asking for help. */
  readonly instance: string;
  /** By field, for a form: path → sentence. */
  readonly fields: Record<string, string>;

  constructor(problem: Pick<Problem, 'status' | 'code' | 'title' | 'detail'> & Partial<Problem>) {
    super(problem.detail || problem.title);
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
    this.instance = problem.instance ?? '';
    this.fields = Object.fromEntries((problem.errors ?? []).map((error) => [error.field, error.message]));
  }
}

/** No answer at all: the network or the server is away. */
export const unreachable = (): ApiError =>
  new ApiError({
    status: 0,
    code: 'VIN_NETWORK',
    title: t('shell:error.network.title'),
    detail: t('shell:error.network.detail'),
  });

/** Whatever the body was, an error people can read. */
export async function problemOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  try {
    const body = JSON.parse(text) as Partial<Problem> & { message?: string };
    if (body.code || body.title) {
      return new ApiError({
        ...body,
        status: response.status,
        code: body.code ?? `HTTP_${response.status}`,
        title: body.title ?? '',
        detail: body.detail ?? body.message ?? '',
      });
    }
  } catch {
    // Not ours: a proxy's page, an empty body.
  }
  return new ApiError({
    status: response.status,
    code: `HTTP_${response.status}`,
    title: t('shell:error.unexpected.title'),
    detail: t('shell:error.unexpected.detail', { status: response.status }),
  });
}
