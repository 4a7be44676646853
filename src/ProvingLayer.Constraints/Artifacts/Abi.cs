using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Maps;

namespace ProvingLayer.Constraints.Artifacts;

/// <summary>
/// What an application must know of a compiled machine or statement to call it: what goes in at which slot, what comes out, what is
/// public, and how each scalar is written.
/// </summary>
/// <param name="Name">The machine's or statement's name, or the alias of an instantiation.</param>
/// <param name="IsMachine">Whether it is a machine.</param>
/// <param name="States">A machine's states by tag, <c>init</c> first; empty for a statement.</param>
/// <param name="Functions">The transitions by index, or the one statement.</param>
public sealed record Abi(string Name, bool IsMachine, ImmutableArray<string> States, ImmutableArray<AbiFunction> Functions)
{
    /// <summary>
    /// The digest of the source's interface, 64 hexadecimal digits: bindings were generated for one, and fit this program if it is the same. Empty where
    /// the program was made of no source. It says nothing of what the circuits do: keys do.
    /// </summary>
    public string InterfaceHash { get; init; } = "";

    /// <summary>Whether anything goes into a run that its statement does not show; then keys are hiding unless one asks for transparent ones.</summary>
    public bool HasPrivateInputs =>
        Functions.Any(f => f.Inputs.Any(i => i.Role is not (AbiInputRole.Program or AbiInputRole.NotBefore or AbiInputRole.NotAfter or AbiInputRole.PublicArgument)));

    /// <summary>The transition or statement of this name, or null.</summary>
    public AbiFunction? Find(string name) => Functions.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal));
}

/// <summary>One transition, or a statement: one circuit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Inputs">What comes in, in the order of the slots.</param>
/// <param name="Publics">The public statement, in order.</param>
/// <param name="Digests">How the digests among the publics come from values that can be opened.</param>
/// <param name="Outputs">What a run reports, in the order of the circuit's outputs.</param>
/// <param name="Receipts">The receipt slots, in order.</param>
/// <param name="Events">The event slots, in order.</param>
public sealed record AbiFunction(
    string Name,
    ImmutableArray<AbiInput> Inputs,
    ImmutableArray<AbiPublic> Publics,
    ImmutableArray<AbiDigest> Digests,
    ImmutableArray<AbiOutput> Outputs,
    ImmutableArray<AbiReceipt> Receipts,
    ImmutableArray<AbiEvent> Events)
{
    /// <summary>What a run does with maps, in the order in which it does it: how whoever runs it finds the witnesses, and what the maps are afterwards.</summary>
    public ImmutableArray<AbiMapStep> MapSteps { get; init; } = [];

    /// <summary>The proofs that the circuit verifies, in the order of their slots, which follow those of the inputs.</summary>
    public ImmutableArray<AbiInnerProof> InnerProofs { get; init; } = [];

    /// <summary>The input of this name, or null.</summary>
    public AbiInput? FindInput(string name) => Inputs.FirstOrDefault(i => string.Equals(i.Name, name, StringComparison.Ordinal));

    /// <summary>Slots of the circuit's input vector.</summary>
    public int SlotCount => Inputs.Sum(i => i.SlotCount) + InnerProofs.Sum(p => p.SlotCount);
}

/// <summary>What an input is for.</summary>
public enum AbiInputRole : byte
{
    /// <summary>The digest of the program's keys.</summary>
    Program,

    /// <summary>The first second of the step's time interval.</summary>
    NotBefore,

    /// <summary>The last second of the step's time interval.</summary>
    NotAfter,

    /// <summary>A field of the record before the step.</summary>
    Record,

    /// <summary>A salt: eight free field elements.</summary>
    Salt,

    /// <summary>An argument that is not public.</summary>
    PrivateArgument,

    /// <summary>A public argument.</summary>
    PublicArgument,

    /// <summary>A scalar of the value that an accessed key has in a map.</summary>
    MapValue,

    /// <summary>A sibling on the path of an accessed key.</summary>
    MapSibling,

    /// <summary>A part of a signature, <c>by[0].randomizer</c> and so on.</summary>
    Signature,

    /// <summary>A scalar of what an inner proof says: of a public input, <c>args.p.args.venue</c>, or of the result, <c>args.p.result</c>.</summary>
    InnerStatement,
}

/// <summary>An input.</summary>
/// <param name="Name">Its path, such as <c>args.spot</c> or <c>record.data.strike</c>.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Type">Its type.</param>
/// <param name="Slot">Its first slot in the circuit's input vector.</param>
/// <param name="SlotCount">Its slots: an integer's words, else one.</param>
public sealed record AbiInput(string Name, AbiInputRole Role, AbiScalar Type, int Slot, int SlotCount);

/// <summary>A proof that a circuit verifies.</summary>
/// <param name="Name">The argument it comes in as: <c>args.p</c>. What the proof says are the inputs whose names begin so.</param>
/// <param name="Claim">The ABI of the statement, or of the history's machine, that it is a proof of; without the proofs that this one verifies in its turn.</param>
/// <param name="Key">The verifying key of that statement or of that machine's histories, as the bytes of its file: the circuit has it as a constant.</param>
/// <param name="Slot">Its first slot in the circuit's input vector.</param>
/// <param name="SlotCount">Its slots, blocks all of them.</param>
public sealed record AbiInnerProof(string Name, Abi Claim, ImmutableArray<byte> Key, int Slot, int SlotCount)
{
    /// <summary>What else the circuit fixes of a proof of a history; null of a statement's.</summary>
    public AbiInnerHistory? History { get; init; }

    /// <summary>Of a proof of any of a set of statements all of them, the first of which is <see cref="Claim"/> under <see cref="Key"/>; else empty.</summary>
    public ImmutableArray<AbiInnerChoice> Choices { get; init; } = [];

    /// <summary>The statements that it may be a proof of, the machine of the history: their ABIs.</summary>
    public IEnumerable<Abi> Claims => Choices.IsEmpty ? [Claim] : Choices.Select(choice => choice.Claim);

    /// <summary>What it is a proof of, for messages.</summary>
    public string Description => History is not null ? $"a history of {Claim.Name}" : Choices.IsEmpty ? Claim.Functions[0].Name : $"any of {string.Join(", ", Claims.Select(claim => claim.Functions[0].Name))}";

    /// <summary>The name that a scalar of the inner statement has among the inputs.</summary>
    /// <param name="path">Its path in the inner statement, such as <c>args.venue</c> or <c>result</c>.</param>
    public string InputOf(string path) => $"{Name}.{path}";
}

/// <summary>One of the statements of a set that a circuit verifies any proof of.</summary>
/// <param name="Claim">The statement's ABI, without inner proofs.</param>
/// <param name="Key">Its verifying key, as the bytes of its file.</param>
/// <param name="WrapRoot">The commitment of the circuit that wraps its proofs: a constant of the circuit, by which this version and the one that compiled it know that they mean the same.</param>
public sealed record AbiInnerChoice(Abi Claim, ImmutableArray<byte> Key, Digest WrapRoot)
{
    /// <summary>Most statements in a set.</summary>
    public const int Most = 8;
}

/// <summary>What a circuit fixes of the histories that it verifies proofs of.</summary>
/// <param name="ProgramId">The digest of the machine's keys.</param>
/// <param name="Room">How many steps of each transition there is room for.</param>
public sealed record AbiInnerHistory(Digest ProgramId, InstanceCounts Room);

/// <summary>A field of the public statement: as many public values as its type has limbs, behind those of the field before.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
public sealed record AbiPublic(string Name, AbiScalar Type);

/// <summary>A digest of the public statement, as a hash of values: who is given these can recompute it without any circuit.</summary>
/// <param name="Name">The public field's name, such as <c>argumentsDigest</c>.</param>
/// <param name="Tag">The domain tag.</param>
/// <param name="Parts">What is hashed, in order.</param>
public sealed record AbiDigest(string Name, DomainTag Tag, ImmutableArray<AbiDigestPart> Parts);

/// <summary>One scalar of a digest: a named input or output; or what the text fixes of a slot, which counts where the slot was taken.</summary>
/// <param name="Path">The input's or output's name.</param>
/// <param name="Layout">Its limbs.</param>
/// <param name="Constant">If there is one, the scalar is this constant where the boolean at the path is true, else zero.</param>
public sealed record AbiDigestPart(string Path, ScalarLayout Layout, Scalar? Constant);

/// <summary>What an output is.</summary>
public enum AbiOutputRole : byte
{
    /// <summary>A field of the record after the step, at the path it has as an input.</summary>
    Record,

    /// <summary>A part of a receipt slot: <c>receipts.0.taken</c>, <c>.party</c>, <c>.amount</c>.</summary>
    Receipt,

    /// <summary>A part of an event slot: <c>events.0.taken</c>, <c>events.0.payout</c>.</summary>
    Event,

    /// <summary>A part of the result.</summary>
    Result,

    /// <summary>What a run does with a map: a root, a scalar of a key or of a value.</summary>
    Map,

    /// <summary>What a signature is for: <c>by[0].key</c>, <c>by[0].message</c>.</summary>
    Authority,
}

/// <summary>What is done with a map.</summary>
public enum AbiMapStepKind : byte
{
    /// <summary>A key that must be there is opened: its value and its path go in.</summary>
    Open,

    /// <summary>A key that must not be there is opened: its path goes in.</summary>
    OpenEmpty,

    /// <summary>The leaf of an opened key holds a value from then on.</summary>
    Put,

    /// <summary>The leaf of an opened key is empty from then on.</summary>
    Remove,

    /// <summary>A key that may be there is opened: whether it is goes in, its value (zero where it is not) and its path.</summary>
    Find,
}

/// <summary>One thing that a run does with a map.</summary>
/// <param name="Kind">What.</param>
/// <param name="Map">The map's path in the record, such as <c>record.data.accounts</c>.</param>
/// <param name="Shape">The map's type.</param>
/// <param name="Opening">The step of the list that opened the key; its own place for one that opens.</param>
/// <param name="Input">The first input of one that opens: the value's scalars if the key must be there, then a sibling for each level. 0 for a write.</param>
/// <param name="Output">
/// Its first output. One that opens has the root, then the key's scalars; a write has the root before, the value's scalars if it puts one in, and the root after.
/// </param>
public sealed record AbiMapStep(AbiMapStepKind Kind, string Map, MapShape Shape, int Opening, int Input, int Output)
{
    /// <summary>Whether it opens a key.</summary>
    public bool Opens => Kind is AbiMapStepKind.Open or AbiMapStepKind.OpenEmpty or AbiMapStepKind.Find;

    /// <summary>Inputs it has.</summary>
    public int InputCount => Opens
        ? Shape.Depth + Kind switch { AbiMapStepKind.Open => Shape.Value.Length, AbiMapStepKind.Find => 1 + Shape.Value.Length, _ => 0 }
        : 0;

    /// <summary>Outputs it has.</summary>
    public int OutputCount => Opens ? 1 + Shape.Key.Length : 2 + (Kind == AbiMapStepKind.Put ? Shape.Value.Length : 0);
}

/// <summary>A named, private result of a run.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Role">What it is.</param>
/// <param name="Type">Its type.</param>
/// <param name="HasSign">Whether an integer's words are followed by a cell that is 1 when it is negative.</param>
public sealed record AbiOutput(string Name, AbiOutputRole Role, AbiScalar Type, bool HasSign);

/// <summary>Which way value moves in a receipt.</summary>
public enum AbiDirection : byte
{
    /// <summary>The slot is never taken.</summary>
    None,

    /// <summary>The party pays into the machine.</summary>
    In,

    /// <summary>The machine pays the party.</summary>
    Out,

    /// <summary>The machine makes what it moves; there is no party.</summary>
    Mint,

    /// <summary>The machine destroys what it moves; there is no party.</summary>
    Burn,
}

/// <summary>A receipt slot; slot i has the outputs <c>receipts.i.taken</c>, <c>.party</c> and <c>.amount</c>.</summary>
/// <param name="Asset">The asset's full name.</param>
/// <param name="Decimals">Its decimal places.</param>
/// <param name="Direction">In or out.</param>
public sealed record AbiReceipt(string Asset, int Decimals, AbiDirection Direction);

/// <summary>An event slot; slot i has the outputs <c>events.i.taken</c> and <c>events.i.FIELD</c>.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Tag">Its tag.</param>
/// <param name="Fields">The paths of its scalar fields, in order.</param>
public sealed record AbiEvent(string Name, int Tag, ImmutableArray<string> Fields);
