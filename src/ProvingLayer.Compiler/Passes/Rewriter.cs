using ProvingLayer.Compiler.Ir;

namespace ProvingLayer.Compiler.Passes;

/// <summary>Copies a function instruction by instruction, in order; a pass decides what is written for each.</summary>
internal abstract class Rewriter(IrFunction source, IrBuilder builder)
{
    private readonly IrValue[] copies = new IrValue[source.Types.Length];

    /// <summary>The function that is written.</summary>
    protected IrBuilder Builder { get; } = builder;

    /// <summary>Copies the function.</summary>
    protected IrFunction Rewrite()
    {
        Builder.Declare(source.Inputs);
        foreach (var instruction in source.Instructions)
        {
            if (!Keeps(instruction))
                continue;
            Builder.Mark = source.Marks[instruction.Mark];
            var (first, second) = Write(instruction.Op.Map(v => copies[v.Id]));
            if (instruction.Op.ResultCount > 0)
                copies[instruction.Result.Id] = first;
            if (instruction.Op.ResultCount > 1)
                copies[instruction.Result.Id + 1] = second;
        }

        var built = Builder.Build(
            source.Name,
            source.Kind,
            source.Index,
            source.Publics.Select(p => p with { Value = copies[p.Value.Id] }),
            source.Outputs.Select(o => o with { Value = copies[o.Value.Id] }));
        return built with { Accesses = source.Accesses, Signatures = source.Signatures, Proofs = source.Proofs, Budget = source.Budget, Receipts = source.Receipts, Events = source.Events };
    }

    /// <summary>Whether an instruction of the source is copied at all.</summary>
    protected virtual bool Keeps(IrInstruction instruction) => true;

    /// <summary>Writes an operation, its operands being those of the copy, and gives what stands for its results.</summary>
    protected virtual (IrValue First, IrValue Second) Write(IrOp op) =>
        op is IrConstant { Value: var value } ? (Builder.Constant(value), default) : Builder.Write(op);
}
