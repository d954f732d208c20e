"""256 short words that sound apart over a telephone: one for each value of a byte, in this order for good."""

_WORDS = """
acorn actor adder alarm album amber angle ankle anvil apple apron arrow attic autumn award bacon badger baker balcony ballet banjo barley
barrel basket beacon beaver bellow berry bishop bonnet bottle bracket brandy breakfast bridge bronze bucket bugle butcher button cabin
cactus camel candle canoe canvas carbon cargo carpet castle cavern cedar chapel cherry chimney cinema circus clover cobweb coffee comet
copper corner cottage cotton cradle crayon cricket crystal cuckoo cushion dagger daisy dancer dentist diamond dinner dolphin donkey dragon
drummer dungeon eagle easel echo elbow engine envelope falcon farmer feather fiddle finger flannel flower forest fossil fountain freckle
galaxy garden garlic gazebo geyser giant ginger glacier goblet gooseberry gravel guitar hammer hamster harbour hazel hedgehog helmet
herring hockey honey hornet hotel iceberg igloo indigo insect island ivory jacket jaguar jasmine jelly jersey jigsaw jockey jungle kennel
kettle keyboard kiosk kitchen ladder lagoon lantern lavender lemon lettuce library lizard lobster locket magnet mallet mango maple meadow
mermaid mirror monkey mosaic muffin mustard napkin needle nephew noodle nutmeg oboe october olive onion orange orchard otter oven oyster
palace panther parcel parsnip peacock pebble pelican pencil pepper piano pigeon pillow piston plaster pocket poppy potato pumpkin puppet
quarry quilt rabbit radio rafter raven ribbon river robin rocket saddle salad sandal satchel scarlet scooter seagull shadow sherry singer
spanner spider squirrel stable statue sugar sultan sunset tadpole tailor teapot temple thimble thunder ticket tiger timber trumpet tulip
tunnel turnip umbrella uncle valley velvet vinegar violin volcano waffle wagon walrus weasel window winter wizard woodpecker yacht yellow
yoghurt zebra zipper
"""
WORDS: tuple[str, ...] = tuple(_WORDS.split())
