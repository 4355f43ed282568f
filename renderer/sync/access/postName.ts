/** What a post is called on screen: its title and unit, as the newest directory of its organisation has them. */
import type { Granting } from '../../../shared/model/access/spans.ts';
import type { Session } from '../session.ts';
import { postText } from '../../../shared/seal/directory/postText.ts';

export function postName({ directories }: Session, { org, seat }: Pick<Granting, 'org' | 'seat'>): string {
  const post = directories.current(org)?.posts.get(seat);
  if (!post) return 'a post that is no more';
  return postText(post);
}
