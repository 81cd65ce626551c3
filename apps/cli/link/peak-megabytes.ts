/** The most memory that this process has held, in MB of 1,000,000 bytes; the system counts in units of 1024. */
export function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
