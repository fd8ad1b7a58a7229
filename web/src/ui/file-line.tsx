// Choosing a file: the browser's own control, with a name.

import { useId } from "preact/hooks";
import { t } from "../text";

interface FileLineProps {
  readonly accept: string;
  readonly choose: (file: File | null) => void;
}

export function FileLine({ accept, choose }: FileLineProps) {
  const id = useId();
  return (
    <div class="setting-line">
      <label for={id}>{t("file.choose")}</label>
      <input
        id={id}
        class="file-field"
        type="file"
        required
        accept={accept}
        onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
      />
    </div>
  );
}
