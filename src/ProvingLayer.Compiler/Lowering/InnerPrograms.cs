using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>Statements that other programs verify proofs of: each compiled once, so that its key is generated once, however many verify it.</summary>
internal static class InnerPrograms
{
    private static readonly ConditionalWeakTable<BoundStatementDeclaration, IrProgram> compiled = [];

    /// <summary>A statement, lowered and through all passes: the same as when it is built by itself.</summary>
    /// <exception cref="TooLargeException">Its text unrolls to too much.</exception>
    public static IrProgram Of(ClaimSymbol claim) => compiled.GetValue(
        claim.Statement,
        statement => new(statement.Name, false, [], [Pass.RunAll(StatementLowering.Run(statement), Pass.Pipeline)])
        {
            InterfaceHash = ProgramInterface.HashOf(new BuildTarget(statement.Name, null, statement)),
        });

    /// <summary>The proofs among a function's arguments, in order.</summary>
    public static ImmutableArray<IrInnerProof> Of(IEnumerable<LocalSymbol> parameters) =>
        [.. Among(parameters).Select(p => new IrInnerProof($"args.{p.Name}", Of(((ProofType)p.Type).Claim)))];

    /// <summary>The arguments that are proofs.</summary>
    public static IEnumerable<LocalSymbol> Among(IEnumerable<LocalSymbol> parameters) => parameters.Where(p => p.Type is ProofType);
}
