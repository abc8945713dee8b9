import { useText } from '../../i18n.ts';
import { api } from '../../api.ts';
import { desksText } from '../../strings/desks.ts';
import { Badge, Button, say, sayFault, TimeOf } from '../../ui/kit.ts';
import { useRefreshWork, useReceipts, type Work } from './data.ts';

/** Which surfaces each version has reached, as they answered when they were asked. */
export function Receipts({ work }: { readonly work: Work }) {
  const text = useText(desksText);
  const refresh = useRefreshWork(work.article);
  const { data: receipts = [] } = useReceipts(work);
  const ask = async (): Promise<void> => {
    try {
      await api.post(`articles/${work.article}/receipts`);
      say({ title: text.asking });
      refresh();
    } catch (cause) {
      sayFault(cause);
    }
  };
  return (
    <section className="stack" aria-label={text.receipts}>
      <div className="line apart">
        <h3>{text.receipts}</h3>
        {work.version > 0 && work.actions.includes('publish') && (
          <Button onClick={() => void ask()}>{text.askAgain}</Button>
        )}
      </div>
      {receipts.length === 0 && <p className="quiet">{text.noReceipts}</p>}
      {receipts.map((receipt) => {
        const reached = receipt.surfaces.filter((surface) => surface.reached).length;
        return (
          <details key={receipt.id} open={receipt === receipts[0]} className="receipt">
            <summary>
              {text.versionOf(receipt.version)} – {text.reasonName[receipt.reason]}{' '}
              <Badge
                mark={receipt.state === 'complete' ? 'full' : receipt.state === 'waiting' ? 'half' : 'ended'}
              >
                {text.receiptState[receipt.state]}
              </Badge>{' '}
              <span className="quiet small figures">
                {receipt.surfaces.length > 0 && text.reachedOf(reached, receipt.surfaces.length)}
                {receipt.surfaces.length > 0 && receipt.finishedAt !== null && ' · '}
                {receipt.finishedAt !== null && <TimeOf instant={receipt.finishedAt} />}
              </span>
            </summary>
            <div className="scroll" tabIndex={0} role="region" aria-label={text.versionOf(receipt.version)}>
              <table className="surfaces small">
                <thead>
                  <tr>
                    <th scope="col">{text.surface}</th>
                    <th scope="col">{text.answer}</th>
                    <th scope="col">{text.at}</th>
                    <th scope="col">{text.digest}</th>
                  </tr>
                </thead>
                <tbody>
                  {receipt.surfaces.map((surface, at) => (
                    <tr key={at} data-reached={surface.reached}>
                      <th scope="row">
                        {text.surfaceName[surface.surface as keyof typeof text.surfaceName] ??
                          surface.surface}
                        <span className="quiet address" dir="ltr">
                          {surface.url}
                        </span>
                      </th>
                      <td className="figures">
                        {surface.reached ? '✓' : surface.fetchedAt === null ? '…' : '✗'}{' '}
                        {surface.status ?? '–'}
                        {surface.detail !== '' && <span className="quiet address">{surface.detail}</span>}
                      </td>
                      <td className="figures">
                        {surface.fetchedAt !== null && <TimeOf instant={surface.fetchedAt} />}
                      </td>
                      <td>
                        <code dir="ltr">{surface.digest?.slice(0, 12) ?? ''}</code>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        );
      })}
    </section>
  );
}
