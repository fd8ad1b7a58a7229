// The file store: what messages may carry.

import { call, sendFile } from "./http";

export interface StoredFile {
  readonly id: string;
  /** What rules call it. */
  readonly name: string;
}

/** Where files for attachments come from. */
export interface FileSource {
  list(): Promise<readonly StoredFile[]>;
  upload(file: File): Promise<StoredFile>;
}

export const fileStore: FileSource = {
  async list() {
    return (await call<{ files: readonly StoredFile[] }>("/api/v1/files")).value.files;
  },
  upload: (file) => sendFile<StoredFile>(`/api/v1/files?name=${encodeURIComponent(file.name)}`, file),
};
