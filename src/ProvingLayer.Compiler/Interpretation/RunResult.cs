using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Constraints.Encoding;

namespace ProvingLayer.Compiler.Interpretation;

/// <summary>The first check that failed in a run.</summary>
/// <param name="Failure">Which check.</param>
/// <param name="Mark">Where it stands.</param>
/// <param name="Message">Its message with the operands' values: <c>payout 1,000.000001 USDC > margin 1,000.000000 USDC</c>.</param>
public sealed record RunFailure(IrFailure Failure, IrMark Mark, string Message)
{
    /// <summary>The failure's name without its module.</summary>
    public string Name => Failure.ShortName;

    /// <summary>The arms, turns and calls that led to the check, the outermost first.</summary>
    public ImmutableArray<FailureFrame> Path => FailureFrame.PathTo(Failure.Frame);

    /// <inheritdoc/>
    public override string ToString() => Message.Length == 0 ? $"{Mark}: {Name}" : $"{Mark}: {Name}: {Message}";
}

/// <summary>What a run of a function gave: all its outputs and publics, or the first failure.</summary>
public sealed record RunResult
{
    private readonly IrFunction function;

    internal RunResult(IrFunction function, ImmutableArray<Scalar> outputs, ImmutableArray<Scalar> publics)
    {
        this.function = function;
        Outputs = outputs;
        Publics = publics;
    }

    internal RunResult(IrFunction function, RunFailure failure)
        : this(function, [], []) => Failure = failure;

    /// <summary>Why it failed; null if it did not.</summary>
    public RunFailure? Failure { get; }

    /// <summary>Whether every check held.</summary>
    public bool IsAccepted => Failure is null;

    /// <summary>The inputs, in their order, those among them that a map source gave.</summary>
    public ImmutableArray<Scalar> Inputs { get; init; } = [];

    /// <summary>The values of the function's outputs, in their order.</summary>
    public ImmutableArray<Scalar> Outputs { get; }

    /// <summary>The values of the function's publics, in their order.</summary>
    public ImmutableArray<Scalar> Publics { get; }

    /// <summary>An output by name.</summary>
    public Scalar Output(string name)
    {
        for (var i = 0; i < Outputs.Length; i++)
        {
            if (function.Outputs[i].Name == name)
                return Outputs[i];
        }

        throw new InvalidOperationException($"compiler bug: no output {name} in {function.Name}");
    }

    /// <summary>A field of the public statement by name.</summary>
    public Scalar Public(string name)
    {
        for (var i = 0; i < Publics.Length; i++)
        {
            if (function.Publics[i].Name == name)
                return Publics[i];
        }

        throw new InvalidOperationException($"compiler bug: no public {name} in {function.Name}");
    }

    /// <summary>The public values as the circuit has them: the limbs of all publics, in order.</summary>
    public KoalaBear[] PublicElements()
    {
        var elements = new KoalaBear[function.Publics.Sum(p => p.Layout.Limbs)];
        var next = 0;
        for (var i = 0; i < Publics.Length; i++)
        {
            var layout = function.Publics[i].Layout;
            layout.Write(Publics[i], elements.AsSpan(next, layout.Limbs));
            next += layout.Limbs;
        }

        return elements;
    }
}
