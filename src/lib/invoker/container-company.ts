/** What a job knows about the others that run in its container (action-interface.md §1.8). */
export interface Company {
  /** Whether no other job has run in the container since this one began. */
  isAlone(): boolean;
  /** Notes that the runtime has answered this job; says whether it has now answered all that run there. */
  answered(): boolean;
}

/** One job among those that run in its container. */
class Member implements Company {
  alone: boolean;
  hasAnswer = false;

  constructor(private readonly members: Set<Member>) {
    this.alone = members.size === 0;
  }

  isAlone(): boolean {
    return this.alone;
  }

  answered(): boolean {
    this.hasAnswer = true;
    for (const one of this.members) if (!one.hasAnswer) return false;
    return true;
  }
}

/** The jobs that run in one container at present. */
export class ContainerCompany {
  private readonly members = new Set<Member>();

  /** Does the work of a job, which shares the container with all others whose work has not ended. */
  async during<T>(work: (company: Company) => Promise<T>): Promise<T> {
    const { members } = this;
    const member = new Member(members);
    for (const other of members) other.alone = false;
    members.add(member);
    try {
      return await work(member);
    } finally {
      members.delete(member);
    }
  }
}
