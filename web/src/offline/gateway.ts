/** Answers of something between us and the service, which says that there is nothing behind it. */
const GATEWAYS: readonly number[] = [502, 504];

export function isFromGateway(status: number): boolean {
  return GATEWAYS.includes(status);
}
