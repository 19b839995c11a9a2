import { Notice } from "@/components/ui/notice";

/** To a visitor whose browser sends Global Privacy Control: that it is honoured, and what that means here. */
export function SignalHonoured({ organisation }: { organisation: string }) {
  return (
    <div className="mb-8 max-w-3xl">
      <Notice title="Your browser’s signal is honoured">
        Your browser asks not to have your data sold or shared (Global Privacy Control). On these pages nothing is known of you. Wherever {organisation} knows you, everything that sells or shares your data or targets
        advertising by it is off, until you say yes to it yourself.
      </Notice>
    </div>
  );
}
