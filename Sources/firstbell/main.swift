import ArgumentParser
import Configuration
import HummingbirdTLS
print("hi")
