using ProvingLayer.Compiler.Ir;

namespace ProvingLayer.Compiler.Passes;

/// <summary>Drops what nobody reads. Checks and inputs stay, and what a failure would print stays with its check.</summary>
internal sealed class Sweeping : Rewriter
{
    private readonly bool[] live;

    private Sweeping(IrFunction source)
        : base(source, new IrBuilder())
    {
        live = new bool[source.Types.Length];
        foreach (var value in source.Publics)
            live[value.Value.Id] = true;
        foreach (var output in source.Outputs)
            live[output.Value.Id] = true;
        for (var i = source.Instructions.Length - 1; i >= 0; i--)
        {
            var instruction = source.Instructions[i];
            if (!Keeps(instruction))
                continue;
            foreach (var operand in instruction.Op.Operands)
                live[operand.Id] = true;
            var failure = instruction.Op switch { IrNarrow n => n.Failure, IrRequire r => r.Failure, _ => null };
            foreach (var value in failure?.Printed() ?? [])
                live[value.Id] = true;
        }
    }

    public static IrFunction Run(IrFunction function) => new Sweeping(function).Rewrite();

    protected override bool Keeps(IrInstruction instruction)
    {
        var kept = instruction.Op.IsCheck;
        for (var i = 0; i < instruction.Op.ResultCount; i++)
            kept |= live[instruction.Result.Id + i];
        return kept;
    }
}
