using System.Collections.Immutable;
using ProvingLayer.Compiler.Ir;

namespace ProvingLayer.Compiler.Passes;

/// <summary>A step from a function to one of the same meaning: the same outputs and publics, or the same first failure.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Run">What it does.</param>
public sealed record Pass(string Name, Func<IrFunction, IrFunction> Run)
{
    /// <summary>All passes in the order they run.</summary>
    public static ImmutableArray<Pass> Pipeline { get; } =
    [
        new("fold", Folding.Run),
        new("share", Sharing.Run),
        new("fold again", Folding.Run),
        new("sweep", Sweeping.Run),
    ];

    /// <summary>Runs passes in order and checks the rules of the IR after each.</summary>
    public static IrFunction RunAll(IrFunction function, IEnumerable<Pass> passes)
    {
        IrValidator.Check(function);
        foreach (var pass in passes)
        {
            function = pass.Run(function);
            IrValidator.Check(function);
        }

        return function;
    }
}
