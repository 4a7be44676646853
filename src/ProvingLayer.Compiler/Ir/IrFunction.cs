using System.Collections.Immutable;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Maps;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Compiler.Ir;

/// <summary>A place in the source, with the text that stands there.</summary>
/// <param name="File">The file as it was named to the compiler.</param>
/// <param name="Line">First line, from 1.</param>
/// <param name="Column">First column, from 1.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">The column after the last.</param>
/// <param name="Text">The source text, its first line when there are several.</param>
public sealed record IrMark(string File, int Line, int Column, int EndLine, int EndColumn, string Text)
{
    /// <summary>No place: what the compiler adds by itself.</summary>
    public static IrMark None { get; } = new("", 0, 0, 0, 0, "");

    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}({Line},{Column},{EndLine},{EndColumn})";
}

/// <summary>One instruction: the number of its first result, what it does, and where it comes from.</summary>
/// <param name="Result">The first value it defines (the next value's number if it defines none).</param>
/// <param name="Op">What it does.</param>
/// <param name="Mark">Index in <see cref="IrFunction.Marks"/>.</param>
public readonly record struct IrInstruction(IrValue Result, IrOp Op, int Mark);

/// <summary>What an input is for.</summary>
public enum IrInputRole
{
    /// <summary>The digest of the program's keys; passed to the public statement.</summary>
    Program,

    /// <summary>The first second of the step's time interval.</summary>
    NotBefore,

    /// <summary>The last second of the step's time interval.</summary>
    NotAfter,

    /// <summary>A field of the record before the step.</summary>
    Record,

    /// <summary>A salt: eight free field elements that hide what they are hashed with.</summary>
    Salt,

    /// <summary>An argument that is not public.</summary>
    PrivateArgument,

    /// <summary>A <c>pub</c> argument, covered by the arguments' digest.</summary>
    PublicArgument,

    /// <summary>A scalar of the value that an accessed key has in a map.</summary>
    MapValue,

    /// <summary>A sibling on the path of an accessed key: free, bound by the root that it leads to.</summary>
    MapSibling,

    /// <summary>A part of a signature: free, bound by the key that it leads to.</summary>
    Signature,

    /// <summary>A sibling on the path from a one-time key to a signer's key.</summary>
    SignatureSibling,

    /// <summary>A scalar of what an inner proof says: bound by the proof, which is verified for it.</summary>
    InnerStatement,
}

/// <summary>An input of a function.</summary>
/// <param name="Name">Its path, unique: <c>args.spot</c>, <c>record.data.strike</c>, <c>record.states.Exercised.payout</c>, <c>now.from</c>, <c>salt.next</c>, …</param>
/// <param name="Role">What it is for.</param>
/// <param name="Type">Kind and interval; the circuit checks the interval.</param>
/// <param name="Layout">Its limbs where it is hashed.</param>
/// <param name="Format">How it is read and printed.</param>
public sealed record IrInput(string Name, IrInputRole Role, IrType Type, ScalarLayout Layout, ScalarFormat Format);

/// <summary>An opening of a key in a map: which inputs are its witness.</summary>
/// <param name="Map">The map's path in the record, such as <c>record.data.accounts</c>.</param>
/// <param name="Shape">The map's type.</param>
/// <param name="Values">The inputs of role <see cref="IrInputRole.MapValue"/>: the value's scalars; none where the key must not be there.</param>
/// <param name="Siblings">The inputs of role <see cref="IrInputRole.MapSibling"/>, the leaf's first.</param>
public sealed record IrMapAccess(string Map, MapShape Shape, ImmutableArray<int> Values, ImmutableArray<int> Siblings)
{
    /// <summary>Whether the key may be there or not: then the first of the values says which, and the others are zero where it is not.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>A signature that is asked for: which inputs are its scalars.</summary>
/// <param name="Name">The path of its inputs, such as <c>by[0]</c>.</param>
/// <param name="First">The first of them; the others follow, as <see cref="Constraints.Signatures.Signature"/> lists them.</param>
public sealed record IrSignature(string Name, int First)
{
    /// <summary>Whether it is of data, and not of the step.</summary>
    public bool IsOfData { get; init; }
}

/// <summary>A field of the public statement.</summary>
/// <param name="Name">The name of the statement's field: <c>preRoot</c>, <c>notBefore</c>, …</param>
/// <param name="Value">Its value.</param>
/// <param name="Layout">Its limbs: as many public values.</param>
public sealed record IrPublic(string Name, IrValue Value, ScalarLayout Layout);

/// <summary>What an output is.</summary>
public enum IrOutputRole
{
    /// <summary>A field of the record after the step, at the path it has as an input.</summary>
    Record,

    /// <summary>A part of a receipt slot: <c>receipts.0.taken</c>, <c>.party</c>, <c>.amount</c>.</summary>
    Receipt,

    /// <summary>A part of an event slot: <c>events.0.taken</c>, <c>events.0.payout</c>.</summary>
    Event,

    /// <summary>A part of a statement's result: <c>result</c>, <c>result.ratio</c>.</summary>
    Result,

    /// <summary>What is done with a map: <c>maps.steps.0.root</c>, <c>maps.steps.0.key.0</c>. Only circuits have these: the interpreter is told.</summary>
    Map,

    /// <summary>What a signature is for: <c>by[0].key</c>, <c>by[0].message</c>; of data, <c>data[0].key</c>.</summary>
    Authority,
}

/// <summary>A named value a run reports; it is not public by itself and costs no constraint.</summary>
/// <param name="Name">Its path, unique.</param>
/// <param name="Role">What it is.</param>
/// <param name="Value">The value.</param>
/// <param name="Layout">Its limbs.</param>
/// <param name="Format">How it is printed.</param>
public sealed record IrOutput(string Name, IrOutputRole Role, IrValue Value, ScalarLayout Layout, ScalarFormat Format);

/// <summary>Which way value moves in a receipt.</summary>
public enum ReceiptDirection
{
    /// <summary>The slot was not taken.</summary>
    None = 0,

    /// <summary>The party paid into the machine.</summary>
    In = 1,

    /// <summary>The machine paid the party.</summary>
    Out = 2,

    /// <summary>The machine made what it moved; there is no party.</summary>
    Mint = 3,

    /// <summary>The machine destroyed what it moved; there is no party.</summary>
    Burn = 4,
}

/// <summary>A receipt slot of the unrolled text; slot i has outputs <c>receipts.i.taken</c>, <c>.party</c> and <c>.amount</c>.</summary>
/// <param name="Asset">The asset's full name, <c>module.NAME</c>; its digest is <see cref="Digests.OfName"/>.</param>
/// <param name="Decimals">Its decimal places.</param>
/// <param name="Direction">In or out; fixed by the text.</param>
public sealed record IrReceiptSlot(string Asset, int Decimals, ReceiptDirection Direction);

/// <summary>An event slot of the unrolled text; slot i has outputs <c>events.i.taken</c> and <c>events.i.FIELD</c>.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Tag">Its tag: 1 for the machine's first event, …</param>
/// <param name="Fields">The paths of its scalar fields below <c>events.i.</c>, in order.</param>
public sealed record IrEventSlot(string Name, int Tag, ImmutableArray<string> Fields);

/// <summary>What a function is.</summary>
public enum IrFunctionKind
{
    /// <summary>A step of a machine.</summary>
    Transition,

    /// <summary>A stateless claim.</summary>
    Statement,

    /// <summary>An expression of a test; never proved.</summary>
    Expression,
}

/// <summary>One entry point, everything unrolled, inlined, scalarised and predicated: a straight line in SSA form.</summary>
public sealed record IrFunction
{
    /// <summary>Its name: the transition's or the statement's.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required IrFunctionKind Kind { get; init; }

    /// <summary>A transition's number in the machine, from 0, in the order of declaration; 0 for the others.</summary>
    public int Index { get; init; }

    /// <summary>What comes in, in the order of the witness.</summary>
    public required ImmutableArray<IrInput> Inputs { get; init; }

    /// <summary>What is done.</summary>
    public required ImmutableArray<IrInstruction> Instructions { get; init; }

    /// <summary>The type of each value, by its number.</summary>
    public required ImmutableArray<IrType> Types { get; init; }

    /// <summary>The public statement, in order; empty for what is never proved.</summary>
    public required ImmutableArray<IrPublic> Publics { get; init; }

    /// <summary>What a run reports.</summary>
    public required ImmutableArray<IrOutput> Outputs { get; init; }

    /// <summary>The openings of maps, in order.</summary>
    public ImmutableArray<IrMapAccess> Accesses { get; init; } = [];

    /// <summary>The signatures, in order.</summary>
    public ImmutableArray<IrSignature> Signatures { get; init; } = [];

    /// <summary>The inner proofs, in the order of the arguments.</summary>
    public ImmutableArray<IrInnerProof> Proofs { get; init; } = [];

    /// <summary>What it may cost, if that is said.</summary>
    public RowBudget? Budget { get; init; }

    /// <summary>Receipt slots, in order.</summary>
    public ImmutableArray<IrReceiptSlot> Receipts { get; init; } = [];

    /// <summary>Event slots, in order.</summary>
    public ImmutableArray<IrEventSlot> Events { get; init; } = [];

    /// <summary>The places instructions come from.</summary>
    public required ImmutableArray<IrMark> Marks { get; init; }

    /// <summary>The type of a value.</summary>
    public IrType TypeOf(IrValue value) => Types[value.Id];
}

/// <summary>A compiled machine or statement.</summary>
/// <param name="Name">Its name: the machine's, the statement's, or the alias of an instantiation.</param>
/// <param name="IsMachine">Whether it is a machine.</param>
/// <param name="States">The states' names by tag; 0 is <c>init</c>; empty for a statement.</param>
/// <param name="Functions">Transitions by index, or the one statement.</param>
public sealed record IrProgram(
    string Name,
    bool IsMachine,
    ImmutableArray<string> States,
    ImmutableArray<IrFunction> Functions)
{
    /// <summary>The digest of its interface; empty where it is made of no source.</summary>
    public string InterfaceHash { get; init; } = "";
}
