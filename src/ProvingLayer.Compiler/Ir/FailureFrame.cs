using System.Collections.Immutable;

namespace ProvingLayer.Compiler.Ir;

/// <summary>What leads to a piece of text.</summary>
public enum FrameKind
{
    /// <summary>An arm of an <c>if</c>, or the right operand of <c>&amp;&amp;</c>, <c>||</c>, <c>implies</c>.</summary>
    If,

    /// <summary>An arm of a <c>match</c>.</summary>
    Match,

    /// <summary>A turn of a loop.</summary>
    Turn,

    /// <summary>A call of a function or view.</summary>
    Call,
}

/// <summary>
/// One step on the way to a check: the arm, turn or call that the check stands in, and so on outwards. Known from the text alone, for a check counts only
/// where all that it stands in is taken; so it costs a circuit nothing.
/// </summary>
/// <param name="Outer">What this one stands in; null for the body of a transition, statement or test.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What was taken: <c>if spot &lt; strike</c>, <c>i = 3</c>.</param>
/// <param name="Mark">Where it stands; of a call, where it is called.</param>
public sealed record FailureFrame(FailureFrame? Outer, FrameKind Kind, string Text, IrMark Mark)
{
    /// <summary>The way from the outside to a check.</summary>
    /// <param name="innermost">The arm, turn or call that the check stands in; null for none.</param>
    /// <returns>The frames, the outermost first.</returns>
    public static ImmutableArray<FailureFrame> PathTo(FailureFrame? innermost)
    {
        var path = new List<FailureFrame>();
        for (var frame = innermost; frame is not null; frame = frame.Outer)
            path.Add(frame);
        path.Reverse();
        return [.. path];
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Mark}: {Text}";
}
