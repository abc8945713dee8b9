import { LateNumber } from './late-number.ts';
import { PageLive } from './page-live.ts';
import { EpisodeAudio } from './episode-audio.ts';
import { ListenLive } from './listen-live.ts';
import { LiveDiscussion } from './live-discussion.ts';
import { RelTime } from './rel-time.ts';
import { SearchBox } from './search-box.ts';
import { ShortLink } from './short-link.ts';
import { SiteClock } from './site-clock.ts';

customElements.define('episode-audio', EpisodeAudio);
customElements.define('listen-live', ListenLive);
customElements.define('site-clock', SiteClock);
customElements.define('short-link', ShortLink);
customElements.define('late-number', LateNumber);
customElements.define('page-live', PageLive);
customElements.define('rel-time', RelTime);
customElements.define('search-box', SearchBox);

// Only the pages of one's own account have these, and only they load them.
if (document.querySelector('passkey-sign-in,passkey-add') !== null)
  void import('./passkeys.ts').then(({ PasskeyAdd, PasskeySignIn }) => {
    customElements.define('passkey-sign-in', PasskeySignIn);
    customElements.define('passkey-add', PasskeyAdd);
  });
customElements.define('live-discussion', LiveDiscussion);
