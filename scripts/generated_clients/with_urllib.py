"""What a caller does with the client of openapi-generator."""

import json
import uuid


def use(url, key):
    """Makes a payment, reads a typed error, looks up a party, lists by metadata."""
    import openapi_client
    from openapi_client.models.problem import Problem

    with openapi_client.ApiClient(openapi_client.Configuration(host=url, access_token=key)) as client:
        metadata = openapi_client.FindingByMetadataApi(client)
        metadata.set_metadata_index(openapi_client.MetadataIndexChange(names=["cart"]))
        cart = uuid.uuid4().hex
        wanted = {"amount": 5000, "currency": "XOF", "channel": "tmoney", "customer": {"phone": "+22890000001"},
                  "metadata": {"cart": cart}}
        payments = openapi_client.PaymentsApi(client)
        made = payments.create_payment(str(uuid.uuid4()), openapi_client.PaymentRequest.from_dict(wanted))
        assert made.amount == 5000 and made.currency == "XOF", made
        read = payments.get_payment(made.id, wait=5)
        assert read.id == made.id and read.timeline, read
        try:
            payments.create_payment(
                str(uuid.uuid4()), openapi_client.PaymentRequest.from_dict({**wanted, "channel": "no-such"}))
            raise AssertionError("an unknown channel was taken")
        except openapi_client.ApiException as fault:
            problem = Problem.from_dict(json.loads(fault.body))
            assert fault.status == 422 and problem.code == "unknown_channel" and problem.retryable is False, problem
        party = openapi_client.BalancesAndPartiesApi(client).look_up_party("+237670000001", channel="mtn-momo")
        assert party.data, party
        # The generator knows no maps in queries: the parameter is named whole, the answer is read by its types.
        request = client.param_serialize(
            method="GET", resource_path="/v1/payments", query_params=[("metadata[cart]", cart)],
            header_params={"Accept": "application/json"}, auth_settings=["secretKey"])
        answer = client.call_api(*request)
        answer.read()
        found = client.response_deserialize(answer, {"200": "PaymentList"}).data
        assert [entry.id for entry in found.data] == [made.id], found
