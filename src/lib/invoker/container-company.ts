/** What a job knows about the others that run in its container (action-interface.md §1.8). */
export interface Company {
  /** Whether no other job has run in the container since this one began. */
  isAlone(): boolean;
  /** Notes that the runtime has answered this job; says whether it has now answered all that run there. */
  answered(): boolean;
}

/** The jobs that run in one container at present. */
export class ContainerCompany {
  private readonly members = new Set<{ alone: boolean; answered: boolean }>();

  /** Does the work of a job, which shares the container with all others whose work has not ended. */
  async during<T>(work: (company: Company) => Promise<T>): Promise<T> {
    const { members } = this;
    const member = { alone: members.size === 0, answered: false };
    for (const other of members) other.alone = false;
    members.add(member);
    const answered = (): boolean => {
      member.answered = true;
      return [...members].every((one) => one.answered);
    };
    try {
      return await work({ isAlone: () => member.alone, answered });
    } finally {
      members.delete(member);
    }
  }
}
