/** What a job knows about the others that run in its container (action-interface.md §1.8). */
export interface Company {
  /** Whether no other job has run in the container since this one began. */
  readonly isAlone: boolean;
  /** Whether no other job runs in the container now. */
  readonly isLast: boolean;
}

/** The jobs that run in one container at present. */
export class ContainerCompany {
  private readonly members = new Set<{ isAlone: boolean }>();

  /** Does the work of a job, which shares the container with all others whose work has not ended. */
  async during<T>(work: (company: Company) => Promise<T>): Promise<T> {
    const { members } = this;
    const member = {
      isAlone: members.size === 0,
      get isLast(): boolean {
        return members.size === 1;
      },
    };
    for (const other of members) other.isAlone = false;
    members.add(member);
    try {
      return await work(member);
    } finally {
      members.delete(member);
    }
  }
}
