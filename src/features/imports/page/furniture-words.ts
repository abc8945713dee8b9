import type { DropReason } from './types.ts';

/** What a heading opens: a list of related headlines, of other headlines, the comments, the tags. */
export type Role = 'related' | 'others' | 'comments' | 'tags' | 'footer';

type Phrases = { readonly reason: DropReason; readonly role?: Role; readonly words: string };

// Whole lines, in the spelling of `normal` (lower case, letters and digits only); '|' divides.
export const PHRASES: readonly Phrases[] = [
  {
    reason: 'menu',
    words:
      'home|homepage|news|world|world news|uk|us|u s|europe|asia|asia pacific|africa|americas|latin america|middle east|russia|china|politics|business|economy|finance|markets|money|tech|technology|science|science environment|health|' +
      'sport|sports|football|culture|arts|entertainment|entertainment arts|lifestyle|life|travel|opinion|opinions|comment is free|editorials|analysis|features|feature|multimedia|video|videos|photo|photos|photo gallery|gallery|pictures|in pictures|infographics|blogs|podcasts|weather|' +
      'radio|tv|local|national|international|regions|region|top stories|latest|latest news|breaking news|all news|all|more|more news|menu|navigation|main menu|skip to content|skip to main content|skip to navigation|jump to content|search|find|go|contact|contact us|contacts|about|about us|advertise|advertise with us|jobs|careers|help|faq|sitemap|site map|' +
      'rss|mobile|apps|archive|archives|magazine|education|environment|climate|society|crime|law|media|cars|auto|motoring|property|real estate|family|food|fashion|games|crossword|horoscope|classifieds|shop|store|events|calendar|english|русский|deutsch|français|español|العربية|中文|日本語|türkçe|português|italiano|polski|українська|' +
      'editions|edition|us edition|uk edition|international edition|change edition|language|languages|select language|back|back to top|top|to top|next|previous|prev|close|open menu|show menu|show more|load more|see all|view all|expand|sections|topics|a z|press releases|services|products|projects|special projects|special reports|documents|interviews|columns|columnists|letters|obituaries|' +
      'главная|новости|все новости|лента новостей|лента|в мире|мир|россия|политика|экономика|общество|культура|спорт|наука|технологии|происшествия|бизнес|финансы|мнения|мнение|интервью|фото|видео|инфографика|аналитика|регионы|москва|авто|недвижимость|здоровье|туризм|погода|поиск|меню|контакты|о нас|о проекте|об агентстве|вакансии|архив|спецпроекты|мультимедиа|пресс центр|обратная связь|наверх|радио|еще|ещё|украина|оборона|' +
      'startseite|nachrichten|politik|inland|ausland|wirtschaft|finanzen|panorama|kultur|wissenschaft|wissen|gesundheit|reise|auto|netzwelt|digital|technik|meinung|gesellschaft|unternehmen|börse|karriere|leben|lokales|regional|deutschland|welt|schlagzeilen|mediathek|wetter|suche|suchen|menü|kontakt|impressum|datenschutz|agb|über uns|service|übersicht|zur startseite|nach oben|e paper|epaper|abo|shop|archiv|newsticker|ticker|feuilleton|' +
      'accueil|actualité|actualités|actu|à la une|a la une|monde|international|politique|économie|société|sciences|santé|culture|sports|médias|planète|débats|idées|opinions|régions|vidéos|photos|météo|recherche|rechercher|contact|qui sommes nous|mentions légales|plan du site|haut de page|en continu|direct|france|éditos|' +
      'inicio|portada|noticias|mundo|política|economía|sociedad|deportes|cultura|ciencia|tecnología|salud|opinión|internacional|nacional|españa|américa latina|vídeos|videos|fotos|el tiempo|buscar|contacto|quiénes somos|aviso legal|última hora|lo último|gente|televisión|portada de|madrid|cataluña|negocios|' +
      'início|capa|notícias|economia|esportes|esporte|desporto|cultura|ciência|tecnologia|saúde|opinião|brasil|portugal|internacional|país|vídeos|fotos|buscar|pesquisar|contato|contactos|quem somos|últimas|últimas notícias|cotidiano|poder|mercado|ilustrada|' +
      'home page|prima pagina|notizie|cronaca|cronache|politica|esteri|mondo|economia|cultura|spettacoli|scienza|salute|tecnologia|opinioni|contatti|chi siamo|cerca|meteo|ultima ora|viaggi|motori|' +
      'ana sayfa|anasayfa|haberler|gündem|dünya|ekonomi|siyaset|spor|kültür|kültür sanat|sanat|teknoloji|sağlık|yaşam|magazin|yazarlar|foto galeri|video galeri|hava durumu|arama|ara|iletişim|künye|hakkımızda|son dakika|son dakika haberleri|türkiye|eğitim|bilim teknoloji|' +
      'strona główna|wiadomości|kraj|polska|świat|polityka|gospodarka|biznes|sport|kultura|nauka|zdrowie|technologie|opinie|pogoda|szukaj|kontakt|o nas|redakcja|regulamin|reklama|najnowsze|' +
      'головна|новини|усі новини|світ|україна|політика|економіка|суспільство|культура|спорт|наука|здоров я|технології|думки|фото|відео|пошук|контакти|про нас|архів|київ|війна|' +
      'الرئيسية|الصفحة الرئيسية|أخبار|الأخبار|سياسة|اقتصاد|رياضة|ثقافة|ثقافة وفن|فن|صحة|علوم|علوم وتكنولوجيا|تكنولوجيا|العالم|عالم|عربي|العالم العربي|الشرق الأوسط|عرب وعالم|عربي ودولي|دولي|محليات|مصر|آراء|رأي|مقالات|منوعات|فيديو|صور|بث مباشر|بحث|القائمة|اتصل بنا|من نحن|عن الموقع|تقارير|حوارات|المزيد|برامج|' +
      'صفحه اصلی|خانه|اخبار|سیاسی|سیاست|اقتصادی|اقتصاد|ورزشی|ورزش|فرهنگی|فرهنگ|فرهنگ و هنر|اجتماعی|بین الملل|جهان|ایران|علمی|علم و فناوری|فناوری|سلامت|عکس|فیلم|ویدئو|گزارش|گفتگو|جستجو|تماس با ما|درباره ما|آرشیو|پیوندها|استان ها|' +
      '首页|新闻|新聞|国际|國際|国内|國內|时政|政治|经济|經濟|财经|財經|社会|社會|体育|體育|文化|科技|娱乐|娛樂|健康|评论|評論|视频|影片|图片|军事|台湾|港澳|滚动|搜索|搜尋|关于我们|關於我們|联系我们|网站地图|教育|生活|地方|兩岸|' +
      'ホーム|トップ|ニュース|国際|国内|政治|経済|社会|スポーツ|文化|科学|エンタメ|芸能|ビジネス|テクノロジー|コラム|オピニオン|動画|写真|ランキング|検索|メニュー|お問い合わせ|会社概要|サイトマップ|トピックス|天気|地域|速報|' +
      '뉴스|정치|경제|사회|국제|문화|스포츠|연예|검색|홈|voorpagina|nieuws|buitenland|binnenland|economie|wetenschap|nyheter|världen|ekonomi|kultur|utrikes|inrikes|zprávy|domácí|zahraniční|hlavní strana',
  },
  {
    reason: 'share',
    words:
      'получить короткую ссылку|zum kurzlink|url yi kısalt|deel artikel|share|share this|share this article|share this story|share this page|share on|share on facebook|share on twitter|share on x|share on linkedin|share on whatsapp|share via email|share with|tweet|tweet this|retweet|like|like this|pin|pin it|facebook|twitter|x|google|google plus|google+|linkedin|whatsapp|telegram|viber|reddit|pinterest|vk|vkontakte|' +
      'messenger|email|e mail|email this|email article|mail|send|send to a friend|send to friend|print|print this|print article|printable version|print version|copy link|copy url|link copied|get short url|short url|url corto|url corta|enlace corto|url court|url courte|url curta|link curto|url breve|kurzlink|kurz url|kurze url|kurzer link|short link url|kısa url|kısa link|kısa bağlantı|krótki link|короткий url|коротке посилання|версія для друку|رابط قصير|الرابط القصير|短网址|短網址|短縮リンク|e mail this to a friend|short link|get link|permalink|bookmark|save|save article|save for later|embed|url|instagram|youtube|tumblr|digg|delicious|stumbleupon|livejournal|odnoklassniki|xing|line|weibo|wechat|skype|follow us|follow|follow us on|font size|text size|a a a|aa|listen to article|listen to this article|listen|' +
      'поделиться|поделиться в|поделитесь|рассказать друзьям|вконтакте|одноклассники|фейсбук|твиттер|телеграм|распечатать|печать|версия для печати|отправить|отправить по почте|скопировать ссылку|короткая ссылка|код для вставки|код вставки|сохранить|в закладки|живой журнал|подписывайтесь|нравится|мне нравится|размер шрифта|' +
      'teilen|artikel teilen|auf facebook teilen|auf twitter teilen|twittern|drucken|druckversion|merken|versenden|per mail versenden|per e mail|als e mail versenden|weiterleiten|empfehlen|vorlesen|link kopieren|folgen|schriftgröße|' +
      'partager|partager sur facebook|partager sur twitter|partager cet article|tweeter|imprimer|envoyer|envoyer par mail|envoyer par e mail|copier le lien|enregistrer|suivez nous|réagir|écouter|lien court|' +
      'compartir|compartir en facebook|compartir en twitter|comparte|imprimir|enviar|enviar por correo|enviar por email|guardar|copiar enlace|copiar url|síguenos|síguenos en|tuitear|me gusta|' +
      'compartilhar|compartilhe|partilhar|compartilhar no facebook|compartilhar no twitter|enviar por e mail|copiar link|salvar|siga nos|ouvir|curtir|condividi|condividi su facebook|stampa|invia|invia per email|salva|seguici|seguici su|ascolta|copia link|' +
      'paylaş|facebook ta paylaş|twitter da paylaş|yazdır|e posta|gönder|kaydet|bağlantıyı kopyala|takip et|tweetle|udostępnij|podziel się|drukuj|wyślij|zapisz|kopiuj link|lubię to|поділитися|поширити|роздрукувати|друк|надіслати|копіювати посилання|' +
      'شارك|مشاركة|شارك الخبر|شارك على فيسبوك|شارك على تويتر|فيسبوك|تويتر|واتساب|تلغرام|طباعة|اطبع|ارسل|إرسال|أرسل|أرسل لصديق|نسخ الرابط|انسخ الرابط|رابط مختصر|الرابط المختصر|حفظ|تابعونا|تابعنا|حجم الخط|استمع|اشتراک گذاری|اشتراک|به اشتراک بگذارید|چاپ|ارسال|ارسال به دوستان|لینک کوتاه|کپی لینک|ذخیره|' +
      '分享|分享到|分享至|打印|列印|收藏|复制链接|複製連結|微信|微博|字号|字號|转发|点赞|短链接|シェア|シェアする|ツイート|ツイートする|印刷|印刷する|保存|メール|リンクをコピー|はてなブックマーク|いいね|フォロー|文字サイズ|短縮url|공유|공유하기|인쇄|delen|print dit artikel|dela|skriv ut|sdílet|tisk|vytisknout',
  },
  {
    reason: 'advert',
    words:
      'advertisement|advert|advertising|ad|ads|ad feedback|sponsored|sponsored content|sponsored by|sponsor|promoted|promoted content|paid content|paid post|partner content|from our partners|story continues below|story continues below advertisement|article continues below|article continues below advertisement|continue reading the main story|' +
      'advertisement continue reading the main story|continue reading|reklam|реклама|на правах рекламы|партнерские материалы|новости партнеров|новости сми2|anzeige|werbung|gesponsert|publicité|contenu sponsorisé|la suite après la publicité|publicidad|anuncio|anuncios|contenido patrocinado|publicidade|continua após a publicidade|anúncio|conteúdo patrocinado|pubblicità|annuncio|contenuto sponsorizzato|' +
      'sponsorlu|reklama|dalsza część artykułu pod reklamą|материал партнера|إعلان|اعلان|إعلانات|محتوى ممول|آگهی|تبلیغات|تبلیغ|广告|廣告|推广|広告|スポンサーリンク|pr|광고|advertentie|annons|artikkelen fortsetter under annonsen',
  },
  {
    reason: 'account',
    words:
      'log in|login|sign in|sign up|register|registration|subscribe|subscribe now|subscribe today|subscription|subscriptions|my account|account|log out|logout|sign out|join|join us|become a member|membership|support us|donate|profile|settings|premium|войти|вход|регистрация|выйти|подписка|подписаться|личный кабинет|anmelden|einloggen|login registrieren|registrieren|abonnieren|jetzt abonnieren|mein konto|abonnenten|' +
      'se connecter|connexion|s abonner|abonnez vous|s inscrire|mon compte|iniciar sesión|registrarse|regístrate|suscríbete|suscribirse|mi cuenta|entrar|assine|assinar|assine já|cadastre se|minha conta|accedi|registrati|abbonati|giriş yap|giriş|üye ol|abone ol|zaloguj|zaloguj się|zarejestruj się|prenumerata|subskrybuj|увійти|реєстрація|підписатися|' +
      'تسجيل الدخول|دخول|تسجيل|اشترك|اشتراك|ورود|ثبت نام|عضویت|登录|登錄|注册|註冊|订阅|訂閱|ログイン|会員登録|新規登録|購読|マイページ|로그인|inloggen|abonneren|logga in|prenumerera|přihlásit se',
  },
  {
    reason: 'live',
    words:
      'radio hören|écouter la radio|escuchar en vivo|canlı dinle|radio dinle|слушать радио|ascolta la radio|ouvir ao vivo|słuchaj na żywo|اسمع البث|ラジオ|live|listen live|watch live|on air|live tv|live radio|live blog|watch now|now playing|play|pause|mute|прямой эфир|слушать|эфир|онлайн|слушать онлайн|live ticker|livestream|live stream|en direct|écouter le direct|en vivo|en directo|ao vivo|in diretta|diretta|canlı|canlı yayın|na żywo|наживо|прямий ефір|مباشر|البث المباشر|البث الحي|استمع مباشرة|پخش زنده|直播|ライブ|生放送|라이브|liveblog',
  },
  {
    reason: 'newsletter',
    words:
      'newsletter|newsletters|sign up for our newsletter|sign up to our newsletter|get our newsletter|subscribe to our newsletter|daily newsletter|enter your email|your email|your email address|email address|e mail address|рассылка|подпишитесь на рассылку|подписаться на рассылку|newsletter abonnieren|s inscrire à la newsletter|inscrivez vous à la newsletter|boletín|boletines|suscríbete al boletín|' +
      'bülten|e bülten|النشرة البريدية|النشرة الإخبارية|اشترك في النشرة|خبرنامه|电子报|電子報|メールマガジン|メルマガ|ニュースレター|push notifications|notifications|turn on notifications|allow notifications|enable notifications|alerts',
  },
  {
    reason: 'comment prompt',
    role: 'comments',
    words:
      'comments|comment|post a comment|leave a comment|leave a reply|leave comment|add comment|add a comment|write a comment|your comment|join the conversation|join the discussion|join the debate|discussion|discuss|discuss this story|have your say|view comments|show comments|read comments|load comments|hide comments|all comments|comments closed|comments are closed|comment via facebook|comments policy|community standards|community guidelines|commenting rules|' +
      'be the first to comment|no comments|no comments yet|reply|report abuse|recommend|reader comments|sort by|newest|oldest|most liked|комментарии|комментировать|обсуждение|обсудить|оставить комментарий|добавить комментарий|написать комментарий|все комментарии|нет комментариев|правила комментирования|правила сообщества|ваш комментарий|ответить|пожаловаться|' +
      'kommentare|kommentar|kommentar schreiben|kommentieren|artikel kommentieren|leserkommentare|diskussion|diskutieren|diskutieren sie mit|mitdiskutieren|ihre meinung|alle kommentare|kommentare lesen|kommentare anzeigen|netiquette|commentaires|commentaire|commenter|laisser un commentaire|ajouter un commentaire|voir les commentaires|vos réactions|réactions|réagissez|charte de modération|' +
      'comentarios|comentar|deja un comentario|deja tu comentario|escribe un comentario|ver comentarios|normas de la comunidad|comentários|comente|deixe um comentário|deixe seu comentário|ver comentários|regras da comunidade|commenti|commenta|lascia un commento|scrivi un commento|yorumlar|yorum yap|yorum yaz|yorum ekle|komentarze|komentarz|dodaj komentarz|skomentuj|dyskusja|коментарі|коментувати|додати коментар|обговорення|' +
      'التعليقات|تعليقات|تعليق|أضف تعليق|اضف تعليقا|أضف تعليقك|اترك تعليقا|اكتب تعليقك|علق|شارك برأيك|قواعد النشر|نظرات|نظر شما|ارسال نظر|ثبت نظر|دیدگاه|دیدگاه ها|دیدگاه شما|评论|發表評論|发表评论|我要评论|留言|网友评论|コメント|コメントする|コメントを書く|コメントを見る|댓글|댓글쓰기|reageer|reacties|kommentarer|komentáře|diskuze|diskuse',
  },
  {
    reason: 'label',
    role: 'related',
    words:
      'related|related stories|related coverage|related reading|die redaktion empfiehlt|related articles|related news|related topics and stories|related content|related links|related coverage|related posts|related items|related material|see also|read also|also read|read next|read more|more on this|more on this story|more on this topic|more about this|more like this|you may also like|you might also like|also on this topic|on this topic|in this story|' +
      'по теме|читайте также|читать также|смотрите также|смотри также|материалы по теме|новости по теме|еще по теме|ещё по теме|похожие новости|связанные новости|связанные материалы|другие материалы по теме|также по теме|mehr zum thema|zum thema|lesen sie auch|lesen sie dazu|das könnte sie auch interessieren|auch interessant|verwandte artikel|weitere artikel zum thema|weitere artikel|siehe auch|ähnliche artikel|' +
      'lire aussi|à lire aussi|a lire aussi|sur le même sujet|sur le meme sujet|articles liés|articles associés|articles similaires|à lire également|voir aussi|noticias relacionadas|más sobre este tema|mas sobre este tema|lea también|lee también|leer también|te puede interesar|temas relacionados noticias|artículos relacionados|relacionadas|relacionados|más información|' +
      'notícias relacionadas|leia também|leia mais|veja também|artigos relacionados|matérias relacionadas|saiba mais|mais sobre|leggi anche|articoli correlati|notizie correlate|vedi anche|potrebbe interessarti|approfondimenti|ilgili haberler|ilgili içerikler|bunları da okuyun|ayrıca okuyun|benzer haberler|i̇lgili haberler|ilişkili haberler|czytaj także|czytaj też|zobacz także|zobacz też|przeczytaj także|powiązane artykuły|powiązane|' +
      'читайте також|дивіться також|за темою|матеріали за темою|новини за темою|схожі новини|اقرأ أيضا|اقرأ أيضاً|اقرأ ايضا|اقرأ المزيد|مواضيع ذات صلة|أخبار ذات صلة|ذات صلة|موضوعات متعلقة|أخبار متعلقة|شاهد أيضا|مواضيع متعلقة|اخبار مرتبط|مطالب مرتبط|بیشتر بخوانید|مرتبط|همچنین بخوانید|相关新闻|相關新聞|相关阅读|相關閱讀|相关报道|相關報導|延伸阅读|延伸閱讀|推荐阅读|' +
      '関連記事|関連ニュース|関連リンク|あわせて読みたい|こちらもおすすめ|関連トピックス|관련기사|관련뉴스|gerelateerd|lees ook|relaterat|läs också|läs mer|související články|související|čtěte také|přečtěte si také',
  },
  {
    reason: 'label',
    role: 'others',
    words:
      'related internet links|related external links|external links|most read|most popular|most viewed|most shared|most watched|most commented|most emailed|most recent|popular|popular stories|popular now|popular articles|trending|trending now|trending stories|top news|headlines|more headlines|editors picks|editor s picks|editor s choice|editors choice|recommended|recommended for you|recommended stories|you may like|around the web|from around the web|more from|more from this section|more stories|more articles|other news|other stories|latest stories|latest headlines|recent posts|recent stories|' +
      'don t miss|must read|must reads|what others are reading|in other news|elsewhere|elsewhere on the web|today s top stories|today s headlines|also in the news|featured|popular videos|самое читаемое|популярное|популярные новости|самое популярное|главные новости|главное|последние новости|новости дня|выбор редакции|рекомендуем|сейчас читают|другие новости|лучшее|топ новостей|meistgelesen|meistgelesene artikel|am meisten gelesen|beliebt|empfohlen|empfehlungen|' +
      'neueste artikel|neueste nachrichten|aktuelle nachrichten|top themen|mehr aus dem ressort|weitere meldungen|weitere nachrichten|les plus lus|les plus populaires|articles les plus lus|les plus partagés|dernières actualités|à la une aujourd hui|recommandé|nos sélections|plus d articles|lo más leído|lo más visto|más leídas|más leídos|más noticias|otras noticias|te recomendamos|últimas noticias|mais lidas|mais lidos|as mais lidas|mais notícias|recomendadas|destaques|' +
      'più letti|i più letti|più letto|ultime notizie|altre notizie|da non perdere|en çok okunanlar|çok okunanlar|en çok okunan|popüler|öne çıkanlar|diğer haberler|son haberler|najczęściej czytane|popularne|najpopularniejsze|polecane|polecamy|ostatnie wiadomości|популярне|найпопулярніше|останні новини|головні новини|вибір редакції|الأكثر قراءة|الأكثر مشاهدة|الأكثر تداولا|آخر الأخبار|أحدث الأخبار|أهم الأخبار|المزيد من الأخبار|اخترنا لك|قد يعجبك|پربازدیدترین|پربازدیدها|پربیننده ترین|آخرین اخبار|' +
      'تازه ها|热门|熱門|热门新闻|热点新闻|点击排行|最新消息|最新新闻|今日热点|排行榜|推荐|アクセスランキング|人気記事|最新記事|おすすめ|おすすめ記事|注目記事|最新ニュース|ランキング一覧|많이 본 뉴스|meest gelezen|mest läst|nejčtenější',
  },
  {
    reason: 'label',
    role: 'tags',
    words:
      'كلمات دالة|key words|tags|tag|topics|topic|related topics|keywords|filed under|more about|in this article|themes|labels|теги|тэги|метки|темы|ключевые слова|теми|schlagwörter|schlagworte|themen|stichwörter|mots clés|mots clefs|thèmes|sujets|étiquettes|etiquetas|temas|palabras clave|palavras chave|tópicos|tag correlati|argomenti|parole chiave|etiketler|konular|anahtar kelimeler|tagi|tematy|słowa kluczowe|الوسوم|وسوم|كلمات مفتاحية|كلمات دلالية|' +
      'العلامات|موضوعات|برچسب ها|برچسب|برچسب‌ها|کلیدواژه ها|标签|標籤|关键词|關鍵字|タグ|キーワード|トピック|태그|trefwoorden|ämnen|taggar|štítky|témata',
  },
];

/** Openings of furniture that goes on with anything: after the words the line may say what it likes. */
export const OPENINGS: readonly {
  readonly reason: DropReason;
  readonly role?: Role;
  readonly pattern: RegExp;
}[] = [
  {
    reason: 'cookie notice',
    pattern:
      /\bcookies?\b|файлы? cookie|куки\b|\bçerez|ملفات تعريف الارتباط|الكوكيز|کوکی|ciasteczk|クッキー|쿠키|privacy settings|datenschutzerklärung|politique de confidentialité|personal data policy|gdpr\b/iu,
  },
  {
    reason: 'copyright',
    role: 'footer',
    pattern:
      /all rights reserved|все права защищены|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|riproduzione riservata|tüm hakları saklıdır|wszelkie prawa zastrzeżone|усі права захищен|всі права захищен|جميع الحقوق محفوظة|كافة الحقوق|تمامی حقوق|کلیه حقوق|版权所有|版權所有|著作権|無断転載|全著作權|저작권자|reproduction (?:interdite|in whole|without)|при (?:полном|использовании|цитировании|перепечатке)|may not be (?:published|reproduced|copied)|^(?:©|\(c\)|copyright)\D{0,40}\b(?:19|20)\d{2}\b(?!\s?\/)|\bcopyright ©?\s?\d{4}|\bterms (?:of (?:use|service)|(?:and|&) conditions)|privacy policy|registered in england|свидетельство о регистрации|учредитель|rights reserved|not responsible for the content|a version of this (?:article|story) appear|ctrl\s?\+\s?enter|this (?:article|story) (?:was|has been) (?:originally )?(?:published|amended)|have you spotted an? (?:error|mistake)|report an? (?:error|typo|correction)|(?:contact|e-?mail) (?:the (?:author|reporter|editor|newsroom)|us)\b/iu,
  },
  {
    reason: 'newsletter',
    pattern:
      /\b(?:newsletter|inbox|sign up (?:for|to) (?:our|the|get)|subscribe (?:to|for)|get the latest .{0,40}(?:email|delivered)|download (?:our|the) app|our app)|подпи(?:шитесь|саться) на|подписывайтесь на|abonnieren sie|abonnez-vous|inscrivez-vous|suscríbe(?:te|base)|inscreva-se|assine (?:a|o|nossa)|iscriviti|abone ol|zapisz się|підпи(?:шіться|суйтесь|шись)|اشترك في|اشتركوا|عضو شوید|订阅我们|訂閱|メルマガ|telegram[- ](?:kanal|channel)|telegram-канал|whatsapp channel|follow us on|suivez-nous|síguenos|folgen sie uns/iu,
  },
  {
    reason: 'advert',
    pattern:
      /^(?:advertisement|sponsored|promoted|anzeige\b|publicité|publicidad|реклама|إعلان|广告|【?pr】?[:：]|story continues|article continues|the story continues)/iu,
  },
  {
    reason: 'share',
    pattern:
      /^(?:share (?:this|on|via|it|with|the)\b|share\s?[:·|]|tweet (?:this|about)|click to (?:share|print|email)|email this|print this|follow (?:us|@|bbc|our)|like us|copy (?:the )?link|поделиться\b|поделитесь|auf \w+ teilen|teilen (?:auf|via|sie)|partager (?:sur|via|cet)|compart(?:ir|e|ilhar|ilhe|a) (?:en|esta|este|no|na|por|via)\b|condividi (?:su|questo)|.{1,12}['’]?[dt]?[ae] paylaş|udostępnij na|поділитися|شارك (?:على|عبر|هذا|الخبر)|分享(?:到|至)|.{0,12}で?シェア)/iu,
  },
  {
    reason: 'comment prompt',
    role: 'comments',
    pattern:
      /^(?:comment (?:via|on|using|as)|coment(?:ar|e|a) (?:vía|via|con|em|no)\b|comment(?:er|ez) (?:via|avec|sur)\b|kommentieren (?:via|über|mit|per)\b|(?:про)?комментировать (?:через|в|с)\b|komentuj (?:przez|z)\b|التعليق (?:عبر|عن طريق)|\d+ (?:responses?|thoughts?|replies|comments?) (?:to|on)\b|(?:post|leave|add|write) (?:a|your) (?:comment|reply)|log ?in (?:to|or)|sign in to|you must (?:be|log)|please (?:log|sign)|comments? (?:are|is|for|on|section)\b|join the (?:conversation|discussion|debate)|be the first|чтобы (?:оставить|участвовать|комментировать)|оставить комментарий|войдите|авторизуйтесь|um zu kommentieren|melden sie sich|schreiben sie|connectez-vous|inicia sesión|faça login|accedi per|yorum (?:yap|yaz)|zaloguj się|يجب تسجيل|سجل الدخول|请登录|ログインして|community standards)/iu,
  },
  {
    reason: 'read more',
    pattern:
      /^(?:read (?:more|also|next|our|the full)|also read|see also|read:|more:|(?:audio|map|gallery|photos|podcast|infographic|interactive|slideshow|graphic|in depth|fact ?file|timeline):\s|watch(?: also| more| now| the video| video)?:|watch the video|video:|listen:|related:|don['’]t miss|also on |in pictures:|gallery:|explainer:|читайте? также|читать (?:также|далее|полностью)|смотрите также|по теме:|lesen sie (?:auch|dazu|hier|mehr)|mehr (?:dazu|lesen|zum)|weiterlesen|siehe auch|lire (?:aussi|également|la suite)|(?:à|a) lire|voir aussi|le[ea]r? (?:también|más)|ver también|leia (?:também|mais)|veja também|saiba mais|leggi anche|vedi anche|(?:ayrıca|bunu da|devamını) oku|czytaj (?:także|też|więcej|również)|zobacz (?:także|też)|przeczytaj|читайте також|дивіться також|اقرأ (?:أيضا|ايضا|المزيد|كذلك)|شاهد أيضا|طالع|بیشتر بخوانید|همچنین بخوانید|(?:相关|相關|延伸)(?:阅读|閱讀|新闻|新聞)[:：]|もっと読む|続きを読む|あわせて読みたい|lees ook|läs (?:också|mer)|čtěte)/iu,
  },
  {
    reason: 'reading time',
    pattern:
      /^(?:\d{1,3}\s?(?:min(?:ute)?s?\.?)\s?(?:read|reading)|(?:estimated )?reading time|lesezeit|lesedauer|temps de lecture|lecture \d|tiempo de lectura|tempo de leitura|tempo di lettura|время (?:чтения|на чтение)|час читання|okuma süresi|czas czytania|وقت القراءة|مدة القراءة|زمان مطالعه|阅读时间|この記事は約?\d|読了)/iu,
  },
  {
    reason: 'video',
    pattern:
      /^(?:media playback is|this video (?:is|can)|your browser does not|please (?:enable|turn on) javascript|javascript|loading|to play this|video unavailable|adobe flash|flash player|play video|watch video|embed$)/iu,
  },
  {
    reason: 'list number',
    pattern: /^(?:[#№]?\d{1,2}[.)]?|[•·●▪*–—|/<>»«›‹→←↑↓▼▲+-]+)$/u,
  },
];
