using ProvingLayer.Language.Binding.Bodies;
using ProvingLayer.Language.Bound;
using ProvingLayer.Language.Diagnostics;
using ProvingLayer.Language.Syntax;
using ProvingLayer.Language.Text;

namespace ProvingLayer.Language.Binding;

/// <content>Functions and views, each bound once for each list of type arguments, and before the bodies that call it.</content>
internal sealed partial class Compilation
{
    private readonly Dictionary<(DeclarationSyntax Syntax, string Machine, string Scope), BoundFunction?> _functions = [];
    private readonly HashSet<DeclarationSyntax> _runningFunctions = [];

    /// <summary>Every function so far, in the order they were finished; those of asset parameters among them.</summary>
    public List<(BoundFunction Function, bool IsSymbolic)> Functions { get; } = [];

    /// <summary>A function or view for a list of arguments; null, and reported, if it calls itself or too many others.</summary>
    /// <param name="declaration">Its declaration; of a machine's member one made up for it.</param>
    /// <param name="scope">Its own type arguments.</param>
    /// <param name="machine">The machine whose member it is.</param>
    /// <param name="call">Where it is called.</param>
    public BoundFunction? Function(Declaration declaration, GenericScope scope, MachineInstance? machine, SourceSpan call)
    {
        var key = (declaration.Syntax, machine?.Symbol.QualifiedName ?? "", scope.Key);
        if (_functions.TryGetValue(key, out var function))
        {
            return function;
        }

        if (!_runningFunctions.Add(declaration.Syntax))
        {
            reporter.Report(DiagnosticTable.FunctionCycle, call, declaration.Name.Text);
            return null;
        }

        if (!Enter())
        {
            reporter.Report(DiagnosticTable.CallsTooDeep, call, MaxNesting);
        }
        else
        {
            CountInstance(declaration, scope);
            function = IsFull ? null : Bind(declaration, scope, machine);
            Leave();
        }

        _runningFunctions.Remove(declaration.Syntax);
        _functions[key] = function;
        if (function is not null)
        {
            Functions.Add((function, scope.IsSymbolic || machine is { Context.Generics.IsSymbolic: true }));
        }

        return function;
    }

    private BoundFunction Bind(Declaration declaration, GenericScope scope, MachineInstance? machine)
    {
        var instance = reporter.Instance;
        reporter.Instance = scope.Names.IsEmpty ? instance : scope.IsSymbolic ? null : declaration.Name.Text + scope.Suffix;
        var context = machine is null ? new Context(this, declaration.File, scope) : machine.Context.With(scope);
        var name = $"{(machine is null ? declaration.QualifiedName : $"{machine.Symbol.QualifiedName}.{declaration.Name.Text}")}{scope.Key}";
        var function = BodyBinder.BindFunction(declaration, name, context, machine);
        reporter.Instance = instance;
        return function;
    }
}
