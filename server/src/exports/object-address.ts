import type { ExportDestination } from '../contract/export-schedules.ts'

export type Bucket = Extract<ExportDestination, { kind: 's3' }>

/** Where an object is: `host/bucket/key`, or `bucket.host/key`. */
export function objectAddress({ endpoint, region, bucket, style }: Pick<Bucket, 'endpoint' | 'region' | 'bucket' | 'style'>, key: string): string {
  const { protocol, host, pathname } = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`)
  const path = key.split('/').map(encodeURIComponent).join('/')
  const under = pathname.replace(/\/+$/, '')
  return style === 'path' ? `${protocol}//${host}${under}/${bucket}/${path}` : `${protocol}//${bucket}.${host}${under}/${path}`
}
