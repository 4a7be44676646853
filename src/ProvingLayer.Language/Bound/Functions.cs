using System.Collections.Immutable;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Text;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Bound;

/// <summary>
/// A <c>fn</c> or <c>view</c> for one list of type arguments. It only computes and checks: it writes to nothing but its own locals. One of a
/// machine reads the machine's data, as the caller's earlier writes and moves left it. Two are the same if they are the same object.
/// </summary>
public sealed class BoundFunction
{
    /// <summary>A function.</summary>
    /// <param name="name">Name and type arguments.</param>
    /// <param name="qualifiedName">Module, machine, name and type arguments.</param>
    /// <param name="parameters">Its arguments.</param>
    /// <param name="resultType">What it returns; <c>()</c> for nothing.</param>
    /// <param name="body">What it does; its value is stored as the result's type.</param>
    /// <param name="span">The place of its name.</param>
    public BoundFunction(string name, string qualifiedName, ImmutableArray<LocalSymbol> parameters, TenorType resultType, BoundBlock body, SourceSpan span)
    {
        Name = name;
        QualifiedName = qualifiedName;
        Parameters = parameters;
        ResultType = resultType;
        Body = body;
        Span = span;
    }

    /// <summary>Name and type arguments.</summary>
    public string Name { get; }

    /// <summary>Module, machine, name and type arguments.</summary>
    public string QualifiedName { get; }

    /// <summary>Its arguments.</summary>
    public ImmutableArray<LocalSymbol> Parameters { get; }

    /// <summary>What it returns.</summary>
    public TenorType ResultType { get; }

    /// <summary>What it does.</summary>
    public BoundBlock Body { get; }

    /// <summary>The place of its name.</summary>
    public SourceSpan Span { get; }

    /// <summary>How deep its expressions nest, those of the functions that it calls counted where they are called.</summary>
    public int Height { get; init; }

    /// <summary>How many functions call each other in its longest chain of calls, itself among them.</summary>
    public int Calls { get; init; }

    /// <summary>For each argument, whether the result shows it.</summary>
    public ImmutableArray<bool> ShowsArguments { get; init; } = ImmutableArray<bool>.Empty;

    /// <summary>Whether the result shows private data of the machine.</summary>
    public bool ShowsData { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A call of a <c>fn</c>: its body stands where the call does, with the arguments in it.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Function">The function.</param>
/// <param name="Arguments">A value for each parameter in the order they are written, stored.</param>
/// <param name="Order">For each value, its parameter's place.</param>
public sealed record BoundInvoke(SourceSpan Span, BoundFunction Function, ImmutableArray<BoundExpression> Arguments, ImmutableArray<int> Order)
    : BoundExpression(Span, Function.ResultType);

/// <summary><c>p.spot()</c> in a test: a view of a machine that has made a step, else <see cref="ErrorSymbol.WrongState"/>.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Machine">p.</param>
/// <param name="View">The view.</param>
/// <param name="Arguments">A value for each parameter in the order they are written, stored.</param>
/// <param name="Order">For each value, its parameter's place.</param>
public sealed record BoundViewCall(
    SourceSpan Span, LocalSymbol Machine, BoundFunction View, ImmutableArray<BoundExpression> Arguments, ImmutableArray<int> Order)
    : BoundExpression(Span, View.ResultType);

/// <summary><c>old(e)</c>: e over the record before the step.</summary>
/// <param name="Span">What of the source it stands for.</param>
/// <param name="Operand">e; it has no locals of the text around it but arguments.</param>
public sealed record BoundOld(SourceSpan Span, BoundExpression Operand) : BoundExpression(Span, Operand.Type);
