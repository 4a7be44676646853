using System.Collections.Immutable;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Symbols;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Types;

namespace ProvingLayer.Language.Binding;

/// <content>What proofs are of, and roots of records, which proofs of histories are about.</content>
internal sealed partial class Context
{
    /// <summary>The most steps of one transition that <c>@steps</c> gives room for.</summary>
    public const int MostRoom = 1 << 10;

    /// <summary>The statement, set or history that a name with its type arguments means; null, and reported, if none.</summary>
    public ClaimSymbol? BindClaim(NamedTypeSyntax syntax)
    {
        if (syntax.Member is { Text: not "history" })
        {
            Reporter.NotSupported(syntax.Span, $"the type '{syntax.Path.Text}.{syntax.Member.Text}'");
            return null;
        }

        if (syntax.Member is not null)
        {
            return BindHistory(new(syntax.Span, syntax.Path, syntax.Arguments, null));
        }

        if (syntax.Path.Parts.Length > 1 && syntax.Path.Last.Text == "history")
        {
            var parts = syntax.Path.Parts.RemoveAt(syntax.Path.Parts.Length - 1);
            return BindHistory(new(syntax.Span, new(parts[0].Span.To(parts[parts.Length - 1].Span), parts), syntax.Arguments, null));
        }

        switch (Resolve(syntax.Path))
        {
            case null:
                return null;
            case Declaration { Syntax: StatementDeclarationSyntax } declaration:
                return BindArguments(declaration, syntax.Arguments, syntax.Span) is { } scope && compilation.Statement(declaration, scope, syntax.Span) is { } statement
                    ? ClaimSymbol.Of(statement)
                    : null;
            case Declaration { Syntax: SetDeclarationSyntax } declaration:
                return NoArguments(syntax) ? compilation.Set(declaration, syntax.Span) : null;
            case Declaration { Syntax: TypeDeclarationSyntax { Type: NamedTypeSyntax aliased, Range: null }, Generics.IsEmpty: true } alias when NoArguments(syntax):
                var outside = new Context(compilation, alias.File, GenericScope.Empty);
                if (outside.IsTarget(aliased))
                {
                    return outside.BindClaim(aliased);
                }

                WrongKind(syntax.Path.Span, syntax.Path.Text, alias, "a statement");
                return null;
            case { } other:
                WrongKind(syntax.Path.Span, syntax.Path.Text, other, "a statement");
                return null;
        }
    }

    /// <summary>The claim of a machine's histories.</summary>
    public ClaimSymbol HistoryOf(MachineSymbol machine) => ClaimSymbol.HistoryOf(machine, () => compilation.InstanceOf(machine).Bound);

    private ClaimSymbol? BindHistory(NamedTypeSyntax syntax)
    {
        if (Resolve(syntax.Path) is not { } found)
        {
            return null;
        }

        if (found is Declaration { Syntax: MachineDeclarationSyntax } declaration && compilation.IsRunning(declaration))
        {
            Reporter.Report(DiagnosticTable.ProofCycle, syntax.Span, declaration.Name.Text);
            return null;
        }

        switch (BindAnyType(syntax))
        {
            case MachineType machine:
                return HistoryOf(machine.Machine);
            case ErrorType:
                return null;
            default:
                WrongKind(syntax.Path.Span, syntax.Path.Text, found, "a machine");
                return null;
        }
    }

    /// <summary>The claim of a set: every member a statement, each once, and all say the same kinds of things in public.</summary>
    public ClaimSymbol? BindSet(Declaration declaration, SetDeclarationSyntax syntax)
    {
        var members = ImmutableArray.CreateBuilder<ClaimSymbol>();
        var isWhole = true;
        foreach (var named in syntax.Members)
        {
            var member = BindClaim(named);
            var fault = member is null ? null : FaultOf(member, members);
            if (fault is not null)
            {
                Reporter.Report(DiagnosticTable.NotInSet, named.Span, member!, declaration.Name.Text, fault);
            }

            isWhole &= member is not null && fault is null;
            if (isWhole)
            {
                members.Add(member!);
            }
        }

        return isWhole ? ClaimSymbol.AnyOf(declaration.Name.Text, declaration.QualifiedName, members.ToImmutable()) : null;
    }

    private static string? FaultOf(ClaimSymbol member, ImmutableArray<ClaimSymbol>.Builder before)
    {
        if (member.IsSet || member.IsHistory)
        {
            return member.IsSet ? "it is a set itself" : "histories are of one machine each";
        }

        if (before.Count == ClaimSymbol.MostMembers)
        {
            return FormattableString.Invariant($"a set has {ClaimSymbol.MostMembers} statements at most");
        }

        if (before.Any(other => other.Name == member.Name))
        {
            return "one of this name is in it already";
        }

        // What could not be bound is reported where it stands.
        var isLike = before.Count == 0 || Types(member).Concat(Types(before[0])).Any(type => type is ErrorType) || (member.ResultType.Equals(before[0].ResultType) && member.Inputs.Select(i => (i.Name, i.Type)).SequenceEqual(before[0].Inputs.Select(i => (i.Name, i.Type))));
        return isLike ? null : $"it says {SignatureOf(member)} in public, and {before[0]} says {SignatureOf(before[0])}";
    }

    private static IEnumerable<TenorType> Types(ClaimSymbol claim) => claim.Inputs.Select(i => i.Type).Append(claim.ResultType);

    private static string SignatureOf(ClaimSymbol claim) => $"({string.Join(", ", claim.Inputs.Select(i => $"{i.Name}: {i.Type}"))}) -> {claim.ResultType}";

    private TenorType BindProof(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length == 1 && syntax.Arguments[0] is NamedArgumentSyntax { Type: NamedTypeSyntax named })
        {
            return BindClaim(named) is { } claim && FitsLimits(new ProofType(claim), syntax.Span, Short(syntax.Span)) ? new ProofType(claim) : ErrorType.Instance;
        }

        Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, "proof<statement>", "1 statement", syntax.Arguments.Length);
        return ErrorType.Instance;
    }

    /// <summary><c>root&lt;M&gt;</c>. Only the name of M counts, so M's own data may hold roots of M.</summary>
    private TenorType BindRoot(NamedTypeSyntax syntax)
    {
        if (syntax.Arguments.Length != 1 || syntax.Arguments[0] is not NamedArgumentSyntax { Type: NamedTypeSyntax { Member: null } named })
        {
            Reporter.Report(DiagnosticTable.TypeArgumentCount, syntax.Span, "root<machine>", "1 machine", syntax.Arguments.Length);
            return ErrorType.Instance;
        }

        switch (Resolve(named.Path))
        {
            case null:
                return ErrorType.Instance;
            case Declaration { Syntax: MachineDeclarationSyntax } machine:
                return BindArguments(machine, named.Arguments, named.Span) is { } scope
                    ? DigestType.RootOf(machine.Name.Text + scope.Suffix, machine.QualifiedName + scope.Key)
                    : ErrorType.Instance;
            case Declaration { Syntax: TypeDeclarationSyntax } when BindAnyType(named) is MachineType { Machine: var aliased }:
                return DigestType.RootOf(aliased.Name, aliased.QualifiedName);
            case { } other:
                WrongKind(named.Path.Span, named.Path.Text, other, "a machine");
                return ErrorType.Instance;
        }
    }

    /// <summary>
    /// The arguments with the room that <c>@steps(p, open = 1, add = 4)</c> gives each proof of a history: how many steps of which transitions. The circuit that verifies has that form.
    /// </summary>
    private ImmutableArray<LocalSymbol> WithRoom(ImmutableArray<LocalSymbol> parameters, ImmutableArray<AttributeSyntax> attributes)
    {
        var rooms = attributes.Where(a => a.Name.Text == "steps").ToList();
        var said = new Dictionary<string, ImmutableArray<int>>(StringComparer.Ordinal);
        foreach (var room in rooms)
        {
            var named = room.Arguments.Length > 1 && room.Arguments[0] is { Name: null, Value: NameExpressionSyntax first } ? parameters.FirstOrDefault(p => p.Name == first.Name.Text) : null;
            if (named is not { Type: ProofType { Claim: { IsHistory: true } claim } } || said.ContainsKey(named.Name) || RoomOf(claim.Machine!, room) is not { } counts)
            {
                if (named?.Type is not ErrorType)
                {
                    Reporter.Report(
                        DiagnosticTable.AttributeArguments,
                        room.Span,
                        "steps",
                        FormattableString.Invariant($"@steps(p, open = 1, add = 4), once for each proof of a history: the argument, and for each transition that the history has, a power of two up to {MostRoom}"));
                }

                continue;
            }

            said.Add(named.Name, counts);
        }

        return [.. parameters.Select(p => p.Type is ProofType { Claim.IsHistory: true } proof ? WithRoom(p, proof, said, isReported: rooms.Count > said.Count) : p)];
    }

    private LocalSymbol WithRoom(LocalSymbol parameter, ProofType proof, Dictionary<string, ImmutableArray<int>> said, bool isReported)
    {
        if (said.TryGetValue(parameter.Name, out var room))
        {
            return new(parameter.Name, parameter.Kind, proof with { Room = room }, parameter.IsPublic, parameter.Span);
        }

        if (!isReported)
        {
            var example = string.Join(", ", proof.Claim.Machine!.Transitions.Select(t => $"{t.Name} = 1"));
            Reporter.Report(DiagnosticTable.HistoryWithoutRoom, parameter.Span, parameter.Name, $"@steps({parameter.Name}, {example})");
        }

        return parameter;
    }

    private ImmutableArray<int>? RoomOf(MachineSymbol machine, AttributeSyntax room)
    {
        var counts = new int[machine.Transitions.Length];
        foreach (var argument in room.Arguments.Skip(1))
        {
            var transition = machine.Transitions.FirstOrDefault(t => t.Name == argument.Name?.Text);
            if (transition is null
                || counts[transition.Ordinal] > 0
                || new Bodies.BodyBinder(this).BindLength(argument.Value, "a number of steps") is not { } count
                || count > MostRoom
                || (count & (count - 1)) != 0)
            {
                return null;
            }

            counts[transition.Ordinal] = count;
        }

        return [.. counts];
    }
}
