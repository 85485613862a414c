import type { Bench } from '../probe/bench.ts';
import type { Finding } from '../probe/finding.ts';
import type { Probe } from '../probe/probe.ts';
import type { Contact } from './contact.ts';
import type { Remedy } from './report.ts';

/** What the checks look at. */
export interface Visit {
  bench: Bench;
  origin: string;
  contact: Contact;
  /** Made when it is first asked for, once. */
  probe(): Promise<Probe>;
}

/** One thing to look at. */
export interface Check {
  id: string;
  title: string;
  /** What it means when it is not as it should be. */
  severity: 'problem' | 'warning';
  /** Ids of earlier checks; when one of them failed, this one says nothing. */
  needs: string[];
  /** Null when the server does not let itself be asked. */
  look(visit: Visit): Promise<Finding | null>;
  remedy(visit: Visit): Remedy;
  /** Changes the bucket's configuration so that it is as it should be. */
  mend?(visit: Visit): Promise<void>;
}
