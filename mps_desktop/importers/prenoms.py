"""First names common among those born from 2005 to 2012, folded: where a name written without capitals is cut.

A hint and nothing more: a name that is not here is still a name.
"""

from __future__ import annotations

from mps_desktop.core.text import fold

_TEXTE = """
aaron abdel abdoulaye abel achille adam adama adele adelie adem adrien agathe ahmed aicha aida aimee alan alban
albane alberto alessio alex alexandra alexandre alexandrine alexis alice alicia alienor aline alix aliya alizee
allan alois alya alyssa amadou amanda amandine amaury ambre ambroise amel amelia amelie amin amina aminata amine
amir amira ana anael anaelle anais anastasia anatole andre andrea andreas ange angel angela angele angelina
angeline angelique anis anissa anna annabelle anne anouk antoine antonin antonio apolline ariane aristide armand
armelle arnaud arthur asma assia astrid aubin aude audrey augustin aurelia aurelie aurelien aurore axel axelle
aya ayoub aymeric aymen ayse baptiste barbara bastien bastian beatrice ben benjamin benoit berenice bertille
bilal blanche boris boubacar brahim brandon brice brieuc bruno bryan camelia camil camille candice capucine
carla carlos carmen caroline cassandra cassandre cecile cedric celena celeste celestin celestine celia celine
chaima charles charlie charline charlotte charly chiara chloe christelle christian christine christophe claire
clara clarisse claudia clea clelia clemence clement clementine cleo clothilde clotilde clovis cloe colette colin
coline come constance constant constantin coralie corentin cyprien cyril daniel daphne damien dan danae daniela
daouda david deborah delphine denis diane diana diego dimitri dina djibril dorian dounia dylan eden edgar
edgard edouard elea elena eleonore elia elias eliaz elie elif elina eline eliot eliott elisa elisabeth elise
eliza elliot ella elodie eloi eloise elona elouan elsa elyne emeline emeric emerick emile emilie emilien emily
emir emma emmanuel emmy emre enora enzo eric erin ernest erwan erwann esteban estelle esther ethan etienne eugenie
eva evan evann eve evelyne ewen ewan fabien fabio fadi fanny fanta farah fares fatima fatma fatou fatoumata
felicie felix ferdinand fiona flavie flavien flora florent florian florine foucauld francois francoise franck
frederic gabin gabriel gabriela gabrielle gael gaelle gaetan gaspard gaston gatien gauthier gautier genevieve
geoffrey georges georgia germain ghislain gilles giulia grace gregoire gregory guilhem guillaume gustave gwenael
gwendal hadrien haider hakim hamza hana hanae hannah haroun hector helena helene heloise henri hermine hippolyte
honorine hortense houda hugo ibrahim ibrahima idriss ilan ilana ilef ilhan ilian iliana ilies iman imane imene
imran ines ingrid ioan irene iris isaac isabel isabelle isaure ismael issa ivan jade jalil james jana jasmine
jason jawad jean jeanne jennifer jeremie jeremy jerome jessica jihane joachim joan joanna joel joey johan johanna
john jonas jonathan jordan joris jose joseph josephine joshua josue joy juan jude judith jules julia julian juliana
julie julien juliette julienne juline justin justine kais kamel karen karim karima karl kassandra katia keita kelly
kelyan kenan kenza kenzo kevin khadija kilian killian kim kimberley kylian laetitia lahna lalie lamia lana lara
laura laure laureen laureline lauren laurent laurine lea leandre leana leane lehna leila leina lena leni lenny
leo leon leonard leonie leonor leonore leopold leopoldine leslie leticia leyna lia liam liana lila lilas lili
lilian liliane lilia lilou lily lina line lino lior lisa lisandre lise lison livia liza loan loana loane loanne
loelia loevan logan lohan lois loic lola lolita lorena lorenzo loris lorraine lou louan louane louann louanne
louis louisa louise louison loup luc luca lucas lucia lucian lucie lucien lucile lucille ludivine ludovic luis
luisa luka lukas luna lya lyana lydia lylou lyna lynn mado madeleine mae mael maelie maeline maelis maelle maellys
maely maelys maeva magali maia maimouna maily mailys maissa maiwenn malak malika malo malika malou mamadou manel
manelle manoe manolo manon manuel mara marc marceau marcel marco margaux margot marguerite maria mariam mariama
marianne marie mariette marilou marin marina marine marion marius marjorie mark marko marlene marlon marouane
martin martial martine marvin marwa marwan maryam mateo mathias mathieu mathilda mathilde mathis mathurin mathys
matias matis matisse matteo matthias matthieu matthis maud maurine maxence maxim maxime maximilien maya mayeul
mayline mehdi mehmet meissa melanie melina meline melissa mellina melodie melvin melvyn mia michael michel mickael
mila milan milena milo mina mirabelle mohamed mohammed moira moise morgan morgane moussa muhammed muriel myriam
nabil nada nadia nadine nael naila naim naomi naomie nassim natacha natalia natan nathan nathanael nathalie
nawel nell nelson neyla nicolas nil nils nina nino ninon noa noah noam noann noe noel noelie noeline noella noelle
noemi noemie nohan nohe nolan nolann noor nora norah nour oceane octave octavie odile olga olivia olivier olympe
omar ombeline ophelie oriane orlane oscar oskar othmane ousmane owen pablo paloma paola paolo pascal patricia
patrick paul paula paulin pauline pedro pelagie penelope perrine philemon philibert philippe philippine pia pierre
pierrick priscilla prosper quentin quitterie rachel rachid rafael raphael raphaelle rayan rayane rebecca reda
regis remi remy renan renaud rhita riad ricardo richard rim rita robert robin robinson roch rodrigue roman romain
romane romeo romy ronan rosa rosalie rose roxane ruben ryan rym sabine sabrina sacha safa safia said sakina salim
salima salma salome salomon sam samantha sami samir samira samuel samy sandra sandrine santiago sara sarah sasha
saskia savannah sebastian sebastien selena selim selma serena serge sergio seydou shaima shana shanna shirine
sibylle sidonie siham simon simone sirine sixtine sofia sofiane sohan soizic solal solan solane solen solene
solenn solenne soline sonia sophia sophie soraya souleymane stan stanislas stella stephane stephanie suzanne suzie
swan swann sybille sylvain sylvie tanguy tara tasnim tatiana teo teddy teresa tess tessa thais thalia thea
thelma theo theodora theodore theophane theophile therese thibaud thibault thibaut thierry thomas tiago tidiane
tifenn tilio tim timeo timothe timothee tina titouan tobias tom toma tony toussaint tristan tyler ugo ulysse
valentin valentina valentine valere valerie vanessa vera vianney vickie victoire victor victoria vincent violaine
violette virgil virgile virginie vivien viviane wael walid warren wassim wendy wilfried william willy wissam
xavier yacine yael yahya yan yanis yann yannick yannis yara yasmina yasmine yasser yassin yassine yazid yoann
yohan yohann yolande youcef younes youri youssef youssouf ysaline yuna yusuf yvan yves zacharie zakaria zaynab
zeineb zeynep zelie zephyr zia zineb ziyad zoe zohra zoey
"""
_CONNUS = frozenset(_TEXTE.split())


def is_prenom(word: str) -> bool:
    """True for a common first name, "Jean-Éloi" included (each part, or the first, is one)."""
    parts = fold(word).split()
    return bool(parts) and parts[0] in _CONNUS
