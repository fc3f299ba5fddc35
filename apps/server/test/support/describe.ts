import type { Client, Connection, FieldDef, Submittable } from 'pg';

/** What PostgreSQL says a statement answers, without running it; undefined when it answers no rows. */
export async function describeStatement(client: Client, text: string): Promise<FieldDef[] | undefined> {
  const description = new Description(text);
  client.query(description);
  return description.fields;
}

/** Parse and Describe of the extended protocol: pg offers running only. */
class Description implements Submittable {
  readonly fields: Promise<FieldDef[] | undefined>;
  private readonly text: string;
  private found: FieldDef[] | undefined;
  private failure: Error | undefined;
  private resolve: (fields: FieldDef[] | undefined) => void;
  private reject: (error: Error) => void;

  constructor(text: string) {
    const { promise, resolve, reject } = Promise.withResolvers<FieldDef[] | undefined>();
    this.fields = promise;
    this.resolve = resolve;
    this.reject = reject;
    this.text = text;
  }

  submit(connection: Connection): void {
    connection.parse({ text: this.text, name: '', types: [] }, true);
    connection.describe({ type: 'S', name: '' }, true);
    connection.sync();
  }

  handleRowDescription(message: { fields: FieldDef[] }): void {
    this.found = message.fields;
  }

  handleError(error: Error): void {
    this.failure = error;
  }

  handleReadyForQuery(): void {
    if (this.failure) this.reject(this.failure);
    else this.resolve(this.found);
  }
}
