using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Encoding;
using ProvingLayer.Constraints.Gadgets;

namespace ProvingLayer.Compiler.Emit;

/// <summary>The cells that hold an IR value: an integer's words, a boolean's value, a digest's block.</summary>
internal readonly record struct Wire
{
    private readonly WideInteger? integer;
    private readonly Cell cell;

    public Wire(WideInteger integer)
    {
        this.integer = integer;
        Kind = ScalarKind.Integer;
    }

    private Wire(ScalarKind kind, Cell cell)
    {
        Kind = kind;
        this.cell = cell;
    }

    public ScalarKind Kind { get; }

    public WideInteger Integer => integer ?? throw new InvalidOperationException("compiler bug: no integer wire");

    public Cell Boolean => Kind == ScalarKind.Boolean ? cell : throw new InvalidOperationException("compiler bug: no boolean wire");

    public Cell Digest => Kind == ScalarKind.Digest ? cell : throw new InvalidOperationException("compiler bug: no digest wire");

    public static Wire OfBoolean(Cell value) => new(ScalarKind.Boolean, value);

    public static Wire OfDigest(Cell block) => new(ScalarKind.Digest, block);
}
