using System.Collections.Immutable;
using ProvingLayer.Compiler.Interpretation;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Language.Bound;

namespace ProvingLayer.Compiler.Testing;

/// <summary>What became of a test.</summary>
/// <param name="Test">The test.</param>
/// <param name="Failure">Why it failed; null if it passed.</param>
/// <param name="Steps">Steps that were tried, those rejected as expected among them.</param>
public sealed record TestResult(BoundTest Test, TestFailure? Failure, int Steps)
{
    /// <summary>How many lists of values a property was tried with; 1 of a test.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Whether it passed.</summary>
    public bool IsPassed => Failure is null;
}

/// <summary>Why a test failed.</summary>
/// <param name="Mark">The statement of the test at which it failed.</param>
/// <param name="Message">What happened there.</param>
/// <param name="Cause">The check that failed, maybe in a machine's text.</param>
public sealed record TestFailure(IrMark Mark, string Message, RunFailure? Cause)
{
    /// <summary>The arms and turns of the test that led there, the outermost first.</summary>
    public ImmutableArray<FailureFrame> Path { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => $"{Mark}: {Message}";
}
