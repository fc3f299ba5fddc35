import type { PayoutExplanation } from '@plumbline/contracts/payments';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { TextLink } from '../../../ui/Button.tsx';
import { Sums } from '../../../ui/Layout.tsx';
import { Table, type Column } from '../../../ui/Table.tsx';
import { Money } from '../../../ui/Text.tsx';

type Line = PayoutExplanation['lines'][number];
type Amount = Line['net'];

const keyOf = (line: Line): string => `${line.kind} ${line.orderId} ${line.at.at}`;

/** An amount that is taken off: its sign stands where the eye adds it up. */
export function taken(amount: Amount): Amount {
  if (/^-?0+$/.test(amount.minor)) return amount;
  return { ...amount, minor: amount.minor.startsWith('-') ? amount.minor.slice(1) : `-${amount.minor}` };
}

/** Every line of a payout: from what the customer paid to the provider's part. */
export function PayoutLines({ lines, now }: { lines: Line[]; now: string }): ReactNode {
  const t = useT();
  return (
    <>
      <div className="max-md:hidden">
        <Table caption={t('earnings.payout.lines')} columns={columnsOf(t, now)} rows={lines} rowKey={keyOf} />
      </div>
      <ol className="grid gap-3 md:hidden">
        {lines.map((line) => (
          <li key={keyOf(line)} className="rounded-card border border-line bg-sheet p-4">
            <Job line={line} />
            <p className="mb-3 text-14 text-ink-muted tabular-nums">{t.day(line.at, { now })}</p>
            <Sums
              rows={[
                { label: t('earnings.payout.line.gross'), amount: <Money amount={line.gross} /> },
                { label: t('earnings.payout.line.commission'), amount: <Money amount={taken(line.commission)} /> },
                { label: t('earnings.payout.line.vat'), amount: <Money amount={taken(line.vatOnCommission)} /> },
                { label: t('earnings.payout.line.net'), amount: <Money amount={line.net} />, strong: true },
              ]}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

function Job({ line }: { line: Line }): ReactNode {
  const t = useT();
  return (
    <>
      {line.subject ? (
        <TextLink to={paths.booking(line.subject.id)} className="font-medium">
          {line.title}
        </TextLink>
      ) : (
        <span className="font-medium">{line.title}</span>
      )}
      {(line.orderReference || line.kind !== 'release') && (
        <span className="block text-14 text-ink-muted">
          {[line.orderReference, line.kind !== 'release' && t(`earnings.payout.kind.${line.kind}`)]
            .filter(Boolean)
            .join(' · ')}
        </span>
      )}
    </>
  );
}

function columnsOf(t: Translator, now: string): Column<Line>[] {
  return [
    { key: 'job', label: t('earnings.payout.line.job'), renderCell: (line) => <Job line={line} /> },
    {
      key: 'when',
      label: t('earnings.payout.line.when'),
      renderCell: ({ at }) => <span className="whitespace-nowrap">{t.day(at, { now })}</span>,
    },
    {
      key: 'gross',
      label: t('earnings.payout.line.gross'),
      end: true,
      renderCell: ({ gross }) => <Money amount={gross} />,
    },
    {
      key: 'commission',
      label: t('earnings.payout.line.commission'),
      end: true,
      renderCell: ({ commission }) => <Money amount={taken(commission)} />,
    },
    {
      key: 'vat',
      label: t('earnings.payout.line.vat'),
      end: true,
      renderCell: ({ vatOnCommission }) => <Money amount={taken(vatOnCommission)} />,
    },
    {
      key: 'net',
      label: t('earnings.payout.line.net'),
      end: true,
      renderCell: ({ net }) => <Money amount={net} className="font-strong" />,
    },
  ];
}
