using System.Collections.Immutable;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Symbols;

/// <summary>What a proof that another program verifies is of: a statement, with what the proof says in public. Two are the same if their qualified names are.</summary>
public sealed class ClaimSymbol
{
    private ClaimSymbol(BoundStatementDeclaration statement) =>
        (Statement, Inputs) = (statement, [.. statement.Parameters.Where(p => p.IsPublic)]);

    /// <summary>The statement.</summary>
    public BoundStatementDeclaration Statement { get; }

    /// <summary>Name and type arguments.</summary>
    public string Name => Statement.Name;

    /// <summary>Module, name and type arguments.</summary>
    public string QualifiedName => Statement.QualifiedName;

    /// <summary>The public inputs: the <c>pub</c> arguments, in order.</summary>
    public ImmutableArray<LocalSymbol> Inputs { get; }

    /// <summary>The result, which a proof shows as well.</summary>
    public TenorType ResultType => Statement.ResultType;

    /// <summary>The claim of a statement.</summary>
    public static ClaimSymbol Of(BoundStatementDeclaration statement) => new(statement);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
