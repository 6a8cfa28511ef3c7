"""Prints the best prices of each trusted book as they change: best_prices.py HOST:PORT"""

import json
import sys

from confluent_kafka import Consumer, KafkaException

consumer = Consumer(
    {"bootstrap.servers": sys.argv[1], "group.id": "best-prices-py",
     "auto.offset.reset": "earliest", "isolation.level": "read_committed"}
)
consumer.subscribe(["market-events"])
read = {}
while True:
    message = consumer.poll(1.0)
    if message is None:
        continue
    if message.error():
        raise KafkaException(message.error())
    header = {name: text.decode() for name, text in message.headers()}
    log = (header["instrument"], header["topic"], header["partition"])
    place = (int(header["offset"]), int(header["n"]))
    if place[1] < 0:
        read.pop(log, None)  # records are lost: the log may count anew
    elif log in read and place <= read[log]:
        continue  # a repeat after a failure of the job
    else:
        read[log] = place
    event = json.loads(message.value())
    if event["type"] == "touch":
        print(event["instrument"], event["bid"], "/", event["ask"], flush=True)
    elif event["type"] == "trust":
        print(event["instrument"], "is", event["book"], flush=True)
