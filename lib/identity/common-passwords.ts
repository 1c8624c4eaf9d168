/**
 * Words and rows of keys that lead every public list of leaked passwords, in lower case. Many are shorter than a password
 * may be: the rule compares what is left of a password without the digits and marks around it as well.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  password passwort passw0rd motdepasse contrasena contraseña wachtwoord senha parola haslo heslo lozinka salasana
  parol passe passcode passphrase passwd pass mypassword yourpassword thepassword newpassword oldpassword
  passwordpassword password1password mypass userpass secret secrets topsecret supersecret verysecret classified
  private nopassword nopass letmein letmeinnow letmeinplease openup opensesame sesame access accessgranted
  changeme changeit changethis changemenow default defaultpassword temp temporary temppass temppassword test
  testing tester testtest testuser testpass testpassword testaccount demo demodemo demopassword sample example
  guest guestguest guestpass anonymous unknown nothing something anything everything whatever whatsup welcome
  welcomeback welcometo hello hellohello helloworld hellothere hallo hallohallo hola bonjour goodbye greetings
  login loginlogin mylogin signin signup register account myaccount user username useruser myuser admin adminadmin
  administrator administrador admins sysadmin superadmin superuser root rootroot toor rootpass manager supervisor
  master mastermaster masterkey operator oracle server system systems database mysql postgres postgresql sqlserver
  mongodb redis support service helpdesk office company business computer computers laptop desktop windows
  windowsxp microsoft apple macintosh iphone samsung android google googlegoogle facebook twitter instagram youtube
  linkedin amazon netflix yahoo hotmail outlook gmail internet network wireless router cisco linux ubuntu debian
  programmer programming developer software hardware hacker hacking python python3 pythonpython javascript java
  typescript coding coder codecode sqlsql student students teacher teachers school college university education
  learning learner classroom lecture lectures library bookworm
  qwerty qwertyui qwertyuiop qwertyqwerty qwertz qwertzui qwertzuiop azerty azertyui azertyuiop asdf asdfasdf asdfgh
  asdfghj asdfghjk asdfghjkl asdfjkl zxcvbn zxcvbnm zxcvzxcv qweasd qweasdzxc qweqwe qweqweqwe qwer qwerqwer qwerasdf
  asdzxc wasdwasd poiuytrewq lkjhgfdsa mnbvcxz poiuy qazwsx qazwsxedc qazqaz wsxedc edcrfv
  1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 zaq1xsw2 2wsx3edc
  q1w2e3 q1w2e3r4 q1w2e3r4t5 a1b2c3 a1b2c3d4 a1s2d3f4 abcd1234 1234abcd 1234qwer qwer1234 qwe123qwe 123qwe123 abc123abc
  123abc123 pass1word 12qwaszx qwaszx qwaszx12 1a2b3c4d aa12345678 a123456789 a12345678 a1234567 q123456789 q12345678
  z123456789 12345678 123456789 1234567890 0123456789 9876543210 987654321 87654321 123123123 12341234 123454321
  1234554321 112233445566 11223344 1122334455 111222333 1112223344 147258369 147852369 159753456 159357456 123654789
  789456123 741852963 963852741 321654987 123698745 102030405060 10203040 19841984 20202020 12121212 13131313 69696969
  31415926 314159265 27182818 11111111 00000000 88888888 99999999 66666666 77777777 55555555 12344321 11112222 12312312
  abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcabc abcdabcd aaaaaaaa xxxxxxxx zzzzzzzz
  iloveyou iloveu iloveyouu iloveyousomuch iloveme ilovehim iloveher ilovegod ilovemyself ilovemom ilovemymom ilovejesus
  ilovecats ilovedogs ilovemusic iloveyoubaby loveyou loveme lovelove lovelife loveisall lovers lover lovely love truelove
  mylove mylife myfamily mybaby babyboy babygirl babygurl baby babes honey sweetheart sweetie sweety darling kisses kissme
  heart hearts heartbreaker forever foreverlove always together family friends friend friendship bestfriend bestfriends
  mother mommy mama mamamama father daddy daddysgirl grandma sister brother daughter husband
  princess prince queen king kingking dragon dragons dragonball dragonfly monkey monkeys tiger tigers tigger lion lions
  eagle eagles falcon falcons panther panthers bear bears wolf wolves wildcat wildcats bulldog bulldogs phoenix unicorn
  dolphin dolphins butterfly ladybug spider spiderman elephant kitten kittens kitty hellokitty puppy puppies doggie horses
  chicken rabbit turtle penguin peacock mustang stallion cheetah cobra scorpion shark sharks
  sunshine sunflower sunrise sunset sunday monday tuesday wednesday thursday friday saturday january february march april
  august september october november december spring summer summertime autumn winter snowflake snowball rainbow moonlight
  starlight midnight daylight morning evening christmas halloween easter holiday holidays birthday happybirthday vacation
  flower flowers blossom jasmine rose rosebud cherry peaches strawberry blueberry banana bananas orange apples pineapple
  chocolate cookie cookies cupcake candy sugar brownie coffee pepper cheese pizza pizzapizza butter peanut hotdog popcorn
  football footballer soccer baseball basketball volleyball hockey tennis golfer golfing cricket swimming running runner
  racing skateboard snowboard surfing fishing hunting boxing wrestling karate gymnastics cheerleader champion champions
  liverpool liverpoolfc manchester manchesterunited manutd arsenal arsenalfc chelsea chelseafc everton tottenham barcelona
  realmadrid juventus bayern dortmund celtic rangers lakers yankees redsox cowboys steelers packers broncos patriots
  superman batman ironman wolverine deadpool avengers starwars startrek skywalker chewbacca gandalf hobbit matrix
  terminator pokemon pikachu charizard digimon naruto sasuke dragonballz minecraft fortnite warcraft worldofwarcraft
  starcraft counterstrike callofduty halflife assassin sonic nintendo playstation xbox gamer gaming gameover players player
  metallica nirvana slipknot eminem beatles greenday blink182 blink linkinpark ironmaiden acdc acdcacdc guitar guitars
  drummer music musical musician rockstar rocknroll rockandroll hiphop
  michael michelle jennifer jessica ashley amanda daniel danielle andrew anthony matthew joshua jordan jordan23 william
  robert richard charles charlie thomas thomas1 nicholas nicole samantha stephanie elizabeth victoria alexander alexandra
  alexandre alejandro benjamin jonathan christopher christian christine christina katherine catherine patricia patrick
  vanessa veronica caroline carolina isabella gabriel gabriela gabrielle fernando francisco roberto ricardo eduardo
  alberto antonio giovanni leonardo valentina valentin sebastian maximilian theresa margaret madison mackenzie brittany
  brandon jackson harrison maverick hunter buster cooper bailey maggie sophie ginger shadow smokey rocky rusty jasper
  casper oliver scooter sparky snoopy simba garfield
  freedom liberty justice peace success winner winners money moneymoney millionaire dollars million lucky luckyme lucky7
  happy happiness happyday happydays smile smiley laughing awesome amazing beautiful gorgeous handsome fantastic
  wonderful excellent perfect special precious diamond diamonds crystal crystals silver golden platinum treasure angel
  angels angelica heaven heavenly blessed blessing blessings faith hope believe grace jesus jesuschrist jesuslovesme jesus1
  godisgood godislove godbless praisegod trustno1 trustnoone trustme fuckyou fuckoff fuckme asshole bullshit motherfucker
  bitch sexy sexygirl sexybitch hardcore badboy badgirl goodboy goodgirl bigboy bigdaddy playboy babydoll barbie hottie
  cutie cutiepie pretty prettygirl lovergirl loverboy pimpin gangster gangsta thuglife nigga ninja samurai warrior warriors
  soldier military marine marines airforce army navy ranger corvette porsche ferrari mercedes toyota honda yamaha suzuki
  kawasaki harley harleydavidson camaro chevrolet chevy nissan jaguar bmwbmw ducati lamborghini
  america american canada mexico california newyork newyorkcity florida texas chicago boston london england ireland scotland
  australia germany deutschland berlin france paris brasil brazil argentina colombia espana italia italy india pakistan
  indonesia philippines pilipinas singapore china beijing japan tokyo russia moscow africa nigeria
  purple yellow orange1 blueblue redred greengreen blackblack pinkpink turquoise colorful
  zxcvbnm1 correcthorse correcthorsebatterystaple batterystaple solarwinds solarwinds123 starbucks cocacola pepsi mcdonalds
  nicetomeetyou thankyou goodluck godzilla metal thunder lightning thunderbolt hurricane tornado blizzard inferno firefly
  fireball firebird fireman redneck cowboy cowgirl pirate pirates skeleton vampire zombie monster monsters creature
  stranger danger dangerous explorer discovery adventure journey destiny infinity eternity universe galaxy mercury jupiter
  saturn neptune apollo atlantis titanic voyager enterprise
  `
    .trim()
    .split(/\s+/),
);
