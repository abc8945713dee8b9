// The commonest small words of a language, enough to tell it from its neighbours. One string a language.
const ROWS: Readonly<Record<string, string>> = {
  en: 'the of and to in that is was for on with as by at from said has have had were are be it his he she they their an not which after who been would will about but this more its',
  de: 'der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an er hat aus bei wird sind nach einer um am einem über so zum war haben nur oder wurde sei noch wie seine ihre dass',
  fr: 'le la les de des du et en un une à au aux que qui dans pour par sur est pas plus avec son sa ses ce cette il elle ont été sont mais ne se ou leur après selon dont comme nous était',
  es: 'el la los las de del y en un una que a por con para es se no al lo su sus como más pero fue han ha este esta ya entre sobre también desde según dijo donde cuando son hasta muy sin',
  it: 'il lo la i gli le di del della dei delle e in un una che è per con da dal alla al nel nella non si ha hanno sono come più anche ma stato suo sua dopo tra o se questo questa dice ai degli sul',
  pt: 'o a os as de do da dos das e em no na nos nas um uma que é por com para se não ao à como mais foi mas sua seu são tem pelo pela entre sobre também já ou quando muito após segundo disse ser está',
  nl: 'de het een en van in is dat op te voor met zijn niet aan er om door ook als bij maar uit nog naar heeft worden wordt hij dit tot over zij had was hebben werd kan haar',
  sv: 'och att det i en är som på för av med den till inte har de ett om vi så var jag han men från kan ska efter när också sig enligt säger under hade eller där över',
  da: 'og at det i en er som på for af med den til ikke har de et om vi så var jeg han men fra kan skal efter når også sig ifølge siger blev hvor være',
  no: 'og at det i en er som på for av med den til ikke har de et om vi så var jeg han men fra kan skal etter når også seg ifølge sier ble hvor være',
  fi: 'ja on ei että se oli hän mutta kun myös ovat mukaan sekä joka tai niin kuin ole jo sen vain hänen jotka mitä voi',
  pl: 'w i na z się do że nie o jest za od to po jak przez dla oraz są był była było ale który która które jego ich także przed ze ma będzie pod tym tego może już',
  cs: 'a v na se že je s z do o to i pro ale by k po jako za od podle jsou byl bylo která který které také jeho ve ze jen více řekl až však',
  ro: 'și de la în a cu că pe o un nu din pentru este care mai al ale sunt fost dar prin sa s-a după ce se au fi ar cele între',
  hu: 'a az és hogy nem is egy meg volt ez de csak már mint el vagy azt van még után szerint ki ha majd lehet',
  tr: 've bir bu da de için ile olarak olan daha çok gibi kadar sonra ancak ise en o ne olduğu dedi ya göre oldu her var yeni değil ardından arasında tarafından',
  id: 'yang dan di dengan untuk dari dalam ini itu pada ke tidak akan juga oleh telah adalah mereka sebagai ada karena bisa atau tersebut',
  vi: 'của và là có được cho không trong với các một người những đã này khi để tại từ đến',
  hr: 'i je u na da se su za od s o koji koja koje kako bi to ali nije iz što će biti nakon rekao po ili samo još',
  ru: 'и в на с не что по из за от как о для его это был к у же также после до при а но они она он все так или если сообщил заявил которые который будет были',
  uk: 'і в на з не що по із за від як про для його це був до у та також після при але вони вона він усі так або якщо повідомив які який буде були є',
  be: 'і ў на з не што па за ад як пра для яго гэта быў да у таксама пасля але яны яна ён усе так або калі які будзе былі',
  bg: 'и в на с не че по от за как о за се да са е той тя те при след до но или ще беше са което които който',
  sr: 'и у на је да се су за од са о који која које како би то али није из што ће бити након рекао по или',
  ar: 'في من على إلى أن عن مع هذا هذه التي الذي كان بعد قبل قال وقال بين ما لا كما أو ذلك إن خلال حيث وقد لم قد هو هي',
  fa: 'در از به که این را با است برای آن بر تا یک خود شد شده می اما نیز گفت هم کرد و بود کرده پس دو',
  ur: 'کے میں کی ہے اور سے کا کو نے پر کہ یہ بھی ہیں اس کر ایک تھا گیا ان جو',
};

/** Language to its commonest words. */
export const STOP_WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(ROWS).map(([language, words]) => [language, new Set(words.split(' '))]),
);
