export interface ErrorBody {
  type: 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error' | 'rate_limit_error';
  code?: string;
  message: string;
  param?: string;
  decline_code?: string;
  doc_url?: string;
  charge?: string;
  payment_intent?: object;
  payment_method?: object;
  setup_intent?: object;
}

/**
 * A refusal in Stripe's shape. Thrown: nothing was done. Returned by a handler: what was done before it stays (a declined
 * payment leaves its failed charge behind).
 */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`;
}

export function invalid(message: string, more: { code?: string; param?: string; status?: number } = {}): ApiError {
  const { code, param, status = 400 } = more;
  return new ApiError(status, {
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code, doc_url: docUrl(code) }),
    ...(param === undefined ? {} : { param }),
  });
}

export function unknownParameter(param: string): ApiError {
  return invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
}

export function missingParameter(param: string): ApiError {
  return invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
}

/** Stripe names objects in sentences without their punctuation: "No such payment_intent: 'pi_1'". */
export function noSuch(kind: string, id: string, param: string): ApiError {
  const name = kind.replace('.', '_').replace('checkout_session', 'checkout.session');
  return invalid(`No such ${name}: '${id}'`, { code: 'resource_missing', param, status: 404 });
}

export interface CardRefusal {
  code: string;
  declineCode: string | null;
  message: string;
  charge?: string;
}

export function cardErrorBody(refusal: CardRefusal): ErrorBody {
  return {
    type: 'card_error',
    code: refusal.code,
    doc_url: docUrl(refusal.code),
    message: refusal.message,
    ...(refusal.declineCode === null ? {} : { decline_code: refusal.declineCode }),
    ...(refusal.charge === undefined ? {} : { charge: refusal.charge }),
  };
}
