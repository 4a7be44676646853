namespace ProvingLayer.Constraints.Encoding;

/// <summary>
/// The element in state[15] before the first block: one table for everything the variable-length sponge hashes, here and in the
/// prover, so that a digest of one kind is never one of another. Numbers are never reused.
/// </summary>
public enum DomainTag : uint
{
    /// <summary>A name: the UTF-8 text of an asset, a machine, …</summary>
    Name = 1,

    /// <summary>The fixed <c>pub</c> fields of a machine.</summary>
    PublicFixed = 2,

    /// <summary>The fixed private fields of a machine, and their salt.</summary>
    PrivateFixed = 3,

    /// <summary>A machine's identity: its name and the two digests before.</summary>
    Instance = 4,

    /// <summary>State tag, sequence and last notBefore.</summary>
    Header = 5,

    /// <summary>The <c>pub</c> fields that can change.</summary>
    PublicRest = 6,

    /// <summary>The private fields that can change, and their salt.</summary>
    PrivateRest = 7,

    /// <summary>A record's root.</summary>
    Record = 8,

    /// <summary>The <c>pub</c> arguments of a step or statement.</summary>
    Arguments = 9,

    /// <summary>The receipts of a step.</summary>
    Flows = 10,

    /// <summary>The events of a step.</summary>
    Events = 11,

    /// <summary>The result of a statement.</summary>
    Result = 12,

    /// <summary>A program: the key digests of its transitions.</summary>
    Program = 13,

    /// <summary>A verifying key.</summary>
    Key = 14,

    /// <summary>The canonical text of a machine's constraints.</summary>
    Machine = 15,

    /// <summary>The statement of a leaf proof.</summary>
    Statement = 16,

    /// <summary>The carried cells of a history.</summary>
    Carry = 17,

    /// <summary>A leaf of a map: key and value.</summary>
    MapLeaf = 18,

    /// <summary>A map key that is not its own index.</summary>
    MapKey = 19,

    /// <summary>An absent leaf.</summary>
    EmptyLeaf = 20,

    /// <summary>The seed of a test key: the name after <c>K.</c></summary>
    TestKey = 21,

    /// <summary>A salt drawn from a seed and a counter.</summary>
    Salt = 22,

    /// <summary>The log of a history: the log so far and what the next step says.</summary>
    Log = 23,

    /// <summary>What a signature's digits come from: randomizer, key, message, index.</summary>
    SignatureMessage = 24,

    /// <summary>A step in a signature's chain.</summary>
    SignatureChain = 25,

    /// <summary>A one-time key: the ends of its chains.</summary>
    SignatureLeaf = 26,

    /// <summary>A secret of a signing key: its seed, an index and what for.</summary>
    SignatureSecret = 27,

    /// <summary>The randomizer of a signature: seed, message, index.</summary>
    SignatureRandomizer = 28,

    /// <summary>What a party of a step signs.</summary>
    Authorization = 29,

    /// <summary>All arguments of a step, for those who sign it.</summary>
    SignedArguments = 30,

    /// <summary>A key with its role, a leaf of a key set.</summary>
    KeyRole = 32,

    /// <summary>The statement of an aggregate of any proofs.</summary>
    AggregateSet = 33,

    /// <summary>The statement of an aggregate of consecutive histories.</summary>
    AggregateChain = 34,

    /// <summary>What is signed of data: its type's digest and its scalars.</summary>
    SignedData = 36,

    /// <summary>The digest of a value that a program asks for: its type's digest and its scalars.</summary>
    Value = 37,

    /// <summary>What a circuit of a key set verifies: a leaf's key and its instances.</summary>
    KeySetLeaf = 38,
}
