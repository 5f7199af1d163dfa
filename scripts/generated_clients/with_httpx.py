"""What a caller does with the client of openapi-python-client."""

import uuid


def use(url, key):
    """Makes a payment, reads a typed error, looks up a party, lists by metadata."""
    from payrouter_client import AuthenticatedClient
    from payrouter_client.api.balances_and_parties import look_up_party
    from payrouter_client.api.finding_by_metadata import set_metadata_index
    from payrouter_client.api.payments import create_payment, get_payment, list_payments
    from payrouter_client.models import (
        ListPaymentsMetadata, MetadataIndexChange, PartyList, Payment, PaymentList, PaymentRequest, Problem)

    client = AuthenticatedClient(base_url=url, token=key)
    set_metadata_index.sync(client=client, body=MetadataIndexChange(names=["cart"]))
    cart = uuid.uuid4().hex
    wanted = {"amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890000001"},
              "metadata": {"cart": cart}}
    made = create_payment.sync(client=client, body=PaymentRequest.from_dict(wanted), idempotency_key=str(uuid.uuid4()))
    assert isinstance(made, Payment) and made.amount == 5000 and made.currency == "XOF", made
    read = get_payment.sync(made.id, client=client, wait=5)
    assert read.id == made.id and read.timeline, read
    refused = create_payment.sync(
        client=client, body=PaymentRequest.from_dict({**wanted, "channel": "no-such"}), idempotency_key=str(uuid.uuid4()))
    assert isinstance(refused, Problem) and str(refused.code) == "unknown_channel", refused
    assert str(refused.outcome) == "not_executed" and refused.retryable is False, refused
    party = look_up_party.sync("+237670000001", client=client, channel="mtn-momo")
    assert isinstance(party, PartyList) and party.data, party
    # The generator knows no deepObject: what stands in the map is sent as it is.
    found = list_payments.sync(client=client, metadata=ListPaymentsMetadata.from_dict({"metadata[cart]": cart}))
    assert isinstance(found, PaymentList) and [entry.id for entry in found.data] == [made.id], found
