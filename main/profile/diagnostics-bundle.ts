import type { DoctorReport } from '../../contract/doctor.ts';
import type { PairedGateway } from '../../contract/gateways.ts';
import type { ConnectionSegment, QuarantinedEvent } from '../../contract/history.ts';
import type { AppInfo, DeskState } from '../../contract/ipc.ts';
import type { ProxyView } from '../../contract/proxy.ts';
import { partsOf } from '../../contract/saved-file.ts';
import type { savedFileSchema } from '../../contract/saved-file.ts';
import type { Settings } from '../../contract/settings.ts';
import type { z } from 'zod';
import { cleaned } from './diagnostics-text.ts';
import type { LogLine } from './recent-log.ts';

export interface DiagnosticFacts {
  readonly info: AppInfo;
  /** Versions of what it runs on, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** Null before the desk has told one. */
  readonly state: DeskState | null;
  readonly segments: readonly ConnectionSegment[];
  readonly quarantine: readonly QuarantinedEvent[];
  /** The last examination of this start, null where there was none. */
  readonly doctor: DoctorReport | null;
  readonly settings: Settings;
  readonly proxy: ProxyView | null;
  readonly gateways: readonly PairedGateway[];
  readonly log: readonly LogLine[];
  /** Device time. */
  readonly now: number;
  /** The folder of the user, whose name is not told; null where there is none. */
  readonly home: string | null;
}

/**
 * One file that helps a stranger to find a fault. Only what is named here gets in: no key, no ticket, no order, no
 * customer, no word that a person typed. What remains as text is cleaned once more [AU4].
 */
export function diagnosticsBundle(facts: DiagnosticFacts): z.output<typeof savedFileSchema> {
  const { info, versions, segments, doctor, proxy, gateways, now, home } = facts;
  const bundle = {
    tillwatch: 'diagnostics',
    madeAt: new Date(now).toISOString(),
    application: { ...info, ...versions },
    desk: facts.state && deskFacts(facts.state),
    connection: segments,
    quarantine: facts.quarantine.map(({ seq, kind, reason, receivedAt }) => ({ seq, kind, reason, receivedAt })),
    doctor: doctor && { ...doctor, gateway: originOf(doctor.gateway) },
    settings: settingFacts(facts.settings),
    proxy: proxy && { mode: proxy.settings.mode, editable: proxy.editable, used: proxy.inUse !== null },
    gateways: gateways.map(({ id, url, shown, desk }) => ({ id, gateway: originOf(url), shown, role: desk.role })),
    log: facts.log.map(({ at, ...line }) => ({ at: new Date(at).toISOString(), ...line })),
  };
  return {
    suggestedName: `tillwatch-diagnostics-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}.json`,
    mediaType: 'application/json',
    encoding: 'utf8',
    parts: partsOf(`${JSON.stringify(cleaned(bundle, home), null, 2)}\n`),
  };
}

function originOf(address: string): string {
  return URL.parse(address)?.origin ?? 'unreadable';
}

function deskFacts(state: DeskState): object {
  const { connection, current, since, asOf, gateway, desk, transport, lastHeardAt, roundTrips, reconnects } = state;
  return {
    ...{ connection, current, since, asOf, transport, lastHeardAt, roundTrips, reconnects },
    gateway: gateway && { origin: originOf(gateway.url), version: gateway.version },
    desk: desk && { id: desk.id, role: desk.role },
    ...{ clock: state.clock, journal: state.journal, keyStorage: state.keyStorage },
    stores: state.stores.map(
      ({ id, timeZone, seq, head, epoch, asOf: storeAsOf, sources, sourcesAt, quarantined }) => ({
        ...{ id, timeZone, seq, head, epoch, asOf: storeAsOf, sourcesAt, quarantined },
        sources: sources.map((source) => ({ ...source, note: undefined })),
      }),
    ),
    withdrawn: state.withdrawn.map(({ id }) => id),
    commands: state.commands.map(({ name, givenAt, state: outcome, error }) => ({
      ...{ name, givenAt, state: outcome, error: error?.code },
    })),
  };
}

/** A saved filter is named and worded by a person. */
function settingFacts({ savedFilters, ...settings }: Settings): object {
  return { ...settings, savedFilters: savedFilters.length };
}
