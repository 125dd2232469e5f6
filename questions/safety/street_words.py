"""The words that streets are called by, and the shapes of the names before or behind them."""

from questions.safety.vocabulary import either

# A word that begins with a capital, in any alphabet, also "O'Brien", "Saint-Denis", "St."; or a capital alone.
CAPITAL = r"(?:(?![\d_])[A-ZÀ-ÖØ-ÞŁŚŠŽČĆŻŹŐŰİĀĒĪŌŪĐ\u0386-\u03ab\u0400-\u042f])"
CAPITALISED = rf"(?:{CAPITAL}[^\W\d_]{{0,30}}+(?:['.-][^\W\d_]{{1,30}}+){{0,2}}+\.?)"
# The little words inside names of streets: "rue de la Paix", "Camino del Rey".
LITTLE = (
    r"(?:d[eaiou]s?|dei|degli|delle|de[lr]|della|dell'|l[aeo]s?|el|von|van|den|der|dem|zum|zur|am|an|im|in|of|the|i|y|e|och|og|na|d'|du|nad|pod"
    r"|sur|sous|upon|on|by|ter|ten|het|'t)"
)
NAMED = rf"{CAPITALISED}(?:[ ](?:{LITTLE}[ ]){{0,2}}{CAPITALISED}){{0,4}}"
HOUSE = r"(?:\d{1,5}[A-Za-z]?(?:[ ]?[/-][ ]?\d{1,4}[A-Za-z]?)?)"
# Nothing in front of a house number may belong to it: no decimal point, no currency, no other half of a range.
FREE = r"(?<![\w.,/#$£€:-])"
UNIT = (
    r"(?:(?:Apt|Apartment|Appt|Suite|Ste|Unit|Flat|Room|Rm|Floor|Fl|Building|Bldg|Block|Appartamento|Piso|Interior|Depto|Whg"
    r"|Wohnung|Box)\.?[ ]{0,2}(?:\#[ ]?)?[A-Z]?-?\d{1,5}[A-Z]?|\#[ ]?\d{1,5}[A-Z]?)\b"
)

# After the name: "12 Oak Street". These mean a street even without capitals.
SURELY = """
    street road avenue lane boulevard terrace crescent drive close court mews blvd highway parkway square grove
    gardens
"""
ABBREVIATED = "st str ave rd ln hwy sq"
# These are ordinary words besides, and need a capital: "24 Hours way", "2 English courses".
PERHAPS = """
    alley anex arcade bayou beach bend bluff bluffs bottom branch bridge brook brooks brow burg bypass camp canyon
    cape causeway center centers chase chowk cir circle cl cliff cliffs club common copse corner corners course
    cove coves cres creek crossing ct dale dam dene divide dr drives driveway end esplanade estate estates
    expressway extension fall falls ferry field fields flat flats fold ford forge fork forks fort freeway garden
    garth gate gateway gdns glen glens green groves harbor harbors harbour haven heights hill hills hollow inlet
    island isle junction key keys knoll knolls la lake lakes landing light lights lock locks lodge loop mall manor
    marg meadow meadows mill mills mission motorway mount mountain mountains nagar neck nook orchard oval overpass
    parade park parks pass passage path pike pine pines pkwy pl place plain plains plaza point port prairie
    promenade quay radial ramp ranch rapid rapids rdg rest ridge rise river riverway roads roadway roundabout route
    row rue run salai shoal shoals shore shores skyway spring springs spur squares station strand stravenue stream
    streets subway summit ter terr throughway track trafficway trail tunnel turnpike union unions vale valley
    viaduct view villa villas village vista walk way ways well wells wynd yard
"""
SURE_STREET = either(SURELY)
STREET = either(SURELY + ABBREVIATED + PERHAPS)

# At the end of the street's word: "Hauptstraße 5", "Tawastintie 72".
JOINED = either(
    """
    straße strasse str. boulevard bulevardi weg gasse platz allee damm steig pfad hof gata gatan gatu vägen veien
    vegen vej gade allé plads torg torget väg gränd stigen backen katu ntie atie etie itie otie utie ytie ätie ötie
    kuja polku straat laan plein kade gracht dijk steeg singel dreef -ring baan stræde terrasse braut stígur vegur
    stræti útja
    """
)
# As a word of its own after the name: "Petőfi utca 12".
APART = either(
    """
    straße strasse str. weg gasse platz allee ring damm ufer gate gata gatan vägen vei veien vej gade allé plads
    torg torv katu tie kuja straat laan plein kade terrasse tänav tee puiestee mnt maantee iela gatvė utca u. útja
    út tér körút köz ulice náměstí třída ulitsa caddesi cad. sokak sok. bulvarı bulvar
    """
)
# Before the name: "Calle Mayor 5", "12 rue de la Paix", "ul. Miła 53". In small letters only these mean a street …
SURELY_BEFORE = """
    rue calle avenida boulevard chemin viale piazza strada ul. ul ulica straße jalan c/ carrer rua ул. ул улица пр.
    пр проспект пер. переулок площадь площа набережная наб. провулок пл. вул. вул вулиця бул. бульвар οδός λεωφόρος
    πλατεία
"""
# … while "via Zoom" and "gang" are English.
PERHAPS_BEFORE = """
    avenue av. bd. place impasse allée allee quai route cours passage square voie cl. avda. avda plaza paseo pza.
    camino carretera ctra. ronda travesía travesia rambla glorieta pasaje cuesta urbanización callejón acceso vía
    travessa praça largo alameda estrada rodovia via piazzale corso vicolo stretto borgo contrada rotonda canale
    incrocio r. vila fazenda trecho jardim parque cerrada privada calzada andador circuito prolongación retorno
    viaducto peatonal diagonal cañada șoseaua soseaua drumul intrarea splaiul trg obala al. aleja os. pl. ulice
    ulitsa str. bulevardul calea aleea jl. jln. gang gg. strasse
"""
SURE_BEGINNING = either(SURELY_BEFORE)
BEGINNING = either(SURELY_BEFORE + PERHAPS_BEFORE)
