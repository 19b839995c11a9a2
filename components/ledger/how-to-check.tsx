import { Block } from "./block";

/** How anybody checks what the ledger gave out, without us. */
export function HowToCheck({ verifierKey }: { verifierKey: string }) {
  return (
    <>
      <ol className="measure list-decimal space-y-2 pl-5 text-ink">
        <li>Keep the file: a receipt, a proof of growth or a download of the whole ledger.</li>
        <li>On any computer with Node.js, run the command below. It needs no network and nothing of ours.</li>
        <li>It says “Valid”, or names the first thing that is wrong.</li>
      </ol>
      <Block label="Command" text={`npx handshake-verify FILE --key "${verifierKey}"`} />
      <Block label="Key of the ledger" text={verifierKey} />
    </>
  );
}
