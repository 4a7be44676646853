using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvingLayer.Compiler.Ir;
using ProvingLayer.Compiler.Passes;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Compiler.Lowering;

/// <summary>Statements and machines that other programs verify proofs of: each compiled once, so that its key is generated once, however many verify it.</summary>
internal static class InnerPrograms
{
    private static readonly ConditionalWeakTable<object, IrProgram> compiled = [];

    /// <summary>A statement, or the machine of a history, lowered and through all passes: the same as when it is built by itself.</summary>
    /// <exception cref="TooLargeException">Its text unrolls to too much.</exception>
    public static IrProgram Of(ClaimSymbol claim)
    {
        var (statement, machine) = claim.IsHistory ? (null, claim.BoundMachine) : (claim.Statement, (BoundMachine?)null);
        return compiled.GetValue((object?)statement ?? machine!, _ =>
        {
            var target = new BuildTarget(statement?.Name ?? machine!.Symbol.Name, machine, statement);
            var program = ProgramLowering.Lower(target);
            return program with { Functions = [.. program.Functions.Select(f => Pass.RunAll(f, Pass.Pipeline))] };
        });
    }

    /// <summary>The proofs among a function's arguments, in order.</summary>
    public static ImmutableArray<IrInnerProof> Of(IEnumerable<LocalSymbol> parameters) =>
        [.. Among(parameters).Select(p => (p.Name, Type: (ProofType)p.Type)).Select(p => OfArgument($"args.{p.Name}", p.Type))];

    private static IrInnerProof OfArgument(string name, ProofType type)
    {
        if (!type.Claim.IsSet)
            return new(name, Of(type.Claim)) { Room = type.Room };
        ImmutableArray<IrProgram> choices = [.. type.Claim.Members.Select(Of)];
        return new(name, choices[0]) { Choices = choices };
    }

    /// <summary>The arguments that are proofs.</summary>
    public static IEnumerable<LocalSymbol> Among(IEnumerable<LocalSymbol> parameters) => parameters.Where(p => p.Type is ProofType);
}
