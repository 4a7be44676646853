using ProvingLayer.Compiler.Ir;

namespace ProvingLayer.Compiler.Passes;

/// <summary>Computes everything once. A check that was made before needs no second time: the first would have failed first.</summary>
internal sealed class Sharing : Rewriter
{
    private readonly Dictionary<IrOp, IrValue> seen = [];

    private Sharing(IrFunction source)
        : base(source, new IrBuilder())
    {
    }

    public static IrFunction Run(IrFunction function) => new Sharing(function).Rewrite();

    protected override (IrValue First, IrValue Second) Write(IrOp op)
    {
        if (op is IrConstant)
            return base.Write(op);
        var key = KeyOf(op);
        if (!seen.TryGetValue(key, out var first))
            seen.Add(key, first = Builder.Write(op).First);
        return (first, new(first.Id + 1));
    }

    /// <summary>One operation for all that compute the same: commutative operands in order, failures left out.</summary>
    private static IrOp KeyOf(IrOp op) => op switch
    {
        IrBinary { Kind: IrBinaryKind.Add or IrBinaryKind.Multiply or IrBinaryKind.Equal or IrBinaryKind.And or IrBinaryKind.Or } b
            when b.Left.Id > b.Right.Id => b with { Left = b.Right, Right = b.Left },
        IrNarrow n => n with { Failure = nothing },
        IrRequire r => r with { Failure = nothing },
        _ => op,
    };

    private static readonly IrFailure nothing = IrFailure.Of(FailureKind.Assert, "", "");
}
