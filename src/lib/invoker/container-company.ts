/** What a job knows about the others that run in its container (action-interface.md §1.8). */
export interface Company {
  /** Whether no other job has run in the container since this one began. */
  isAlone(): boolean;
  /** Whether no other job runs in the container now. */
  isLast(): boolean;
}

/** The jobs that run in one container at present. */
export class ContainerCompany {
  private readonly members = new Set<{ alone: boolean }>();

  /** Does the work of a job, which shares the container with all others whose work has not ended. */
  async during<T>(work: (company: Company) => Promise<T>): Promise<T> {
    const { members } = this;
    const member = { alone: members.size === 0 };
    for (const other of members) other.alone = false;
    members.add(member);
    try {
      return await work({ isAlone: () => member.alone, isLast: () => members.size === 1 });
    } finally {
      members.delete(member);
    }
  }
}
